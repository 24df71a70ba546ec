-- What did each speaker say, day by day, by which acts, and how much of it in quotation marks?
-- $speaker: only speakers whose name contains this
-- $country: only speakers of this country, ISO 3166 alpha-3
with final as (
    select
        published_date,
        speaker_name,
        count(*) as statements,
        count(*) filter (where form <> 'indirect') as quoted,
        string_agg(distinct act, ', ' order by act) as acts,
        any_value(content_quote order by length(content_quote) desc, content_quote) as longest,
        count(distinct document_id) as documents
    from statement_by_speaker
    where
        ($speaker::varchar is null or contains(lower(speaker_name), lower($speaker)))
        and ($country::varchar is null or speaker_country = $country)
    group by published_date, speaker_name
)

select * from final
order by published_date desc nulls last, statements desc, speaker_name asc
