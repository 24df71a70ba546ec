-- How much aid was given or pledged, by giver, receiver and currency?
-- $giver: only this country, ISO 3166 alpha-3
-- $receiver: only this country, ISO 3166 alpha-3
-- $currency: only this currency, ISO 4217
with money as (
    select
        figure_id,
        event_id,
        document_id,
        unit as currency,
        value_low,
        value_high,
        comparator,
        quote,
        coalesce(start_date, published_date) as event_date
    from figure_context
    where
        kind = 'money'
        and comparator not in ('up', 'down')
        and list_contains(effects, 'provided')
        and part_of_figure_id is null
),

parties as (
    select
        event_id,
        string_agg(distinct coalesce(country, name), ', ' order by coalesce(country, name))
        filter (where role = 'actor') as giver,
        string_agg(distinct coalesce(country, name), ', ' order by coalesce(country, name))
        filter (where role = 'target') as receiver
    from event_actors
    group by event_id
),

final as (
    select
        parties.giver,
        parties.receiver,
        money.currency,
        max(money.value_high) as largest,
        sum(money.value_low) as sum_low,
        sum(money.value_high) as sum_high,
        count(distinct money.document_id) as documents,
        max(money.event_date) as latest,
        string_agg(distinct money.quote, '; ' order by money.quote) as figures_told
    from money
    left join parties on money.event_id = parties.event_id
    where
        ($giver::varchar is null or list_contains(string_split(parties.giver, ', '), $giver))
        and ($receiver::varchar is null or list_contains(string_split(parties.receiver, ', '), $receiver))
        and ($currency::varchar is null or money.currency = $currency)
    group by parties.giver, parties.receiver, money.currency
)

select * from final
order by currency asc, largest desc, giver asc nulls last, receiver asc nulls last
