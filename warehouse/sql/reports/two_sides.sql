-- What do the two sides say on one topic, side by side, day by day?
-- $one: country of the one side, ISO 3166 alpha-3
-- $other: country of the other side, ISO 3166 alpha-3
-- $topic: only statements whose words contain this
with spoken as (
    select
        published_date,
        speaker_country,
        concat(speaker_name, ' (', act, '): ', content_quote) as said
    from statement_by_speaker
    where
        speaker_country is not null
        and inside_statement_id is null
        and ($topic::varchar is null or contains(lower(content_quote), lower($topic)))
),

by_day as (
    select
        published_date,
        speaker_country,
        string_agg(distinct said, chr(10) order by said) as said
    from spoken
    group by published_date, speaker_country
),

final as (
    select
        one.published_date,
        one.speaker_country as one_country,
        one.said as one_says,
        other.speaker_country as other_country,
        other.said as other_says
    from by_day as one
    inner join by_day as other
        on
            one.published_date is not distinct from other.published_date
            and one.speaker_country <> other.speaker_country
    where
        one.speaker_country = coalesce($one::varchar, one.speaker_country)
        and other.speaker_country = coalesce($other::varchar, other.speaker_country)
        and ($one::varchar is not null or $other::varchar is not null or one.speaker_country < other.speaker_country)
)

select * from final
order by published_date desc nulls last, one_country asc, other_country asc
