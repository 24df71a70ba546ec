-- Which places were attacked most often?
-- $country: only this country, ISO 3166 alpha-3
with final as (
    select
        places.name as place_name,
        places.country,
        any_value(places.latitude order by places.event_id) as latitude,
        any_value(places.longitude order by places.event_id) as longitude,
        count(distinct events.event_id) as attacks,
        count(distinct events.document_id) as documents,
        min(events.start_date) as first_date,
        max(events.end_date) as last_date
    from events
    inner join current_documents as documents on events.document_id = documents.document_id
    inner join event_places as places on events.event_id = places.event_id
    where
        events.event_type = 'ASSAULT'
        and events.status in ('asserted', 'claimed')
        and ($country::varchar is null or places.country = $country)
    group by places.name, places.country
)

select * from final
order by attacks desc, place_name asc, country asc nulls last
