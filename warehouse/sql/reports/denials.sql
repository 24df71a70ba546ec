-- Who denies what?
-- $speaker: only speakers whose name contains this
with final as (
    select
        published_date,
        coalesce(speaker_name, '(not named)') as speaker_name,
        coalesce(content_quote, quote) as denied,
        event_type,
        source_name
    from denials
    where $speaker::varchar is null or contains(lower(speaker_name), lower($speaker))
)

select * from final
order by published_date desc nulls last, speaker_name asc, denied asc, source_name asc
