-- Which documents count: the latest version of every article, exact copies of another document left out?
with ranked as (
    select
        *,
        max(version) over (partition by article_id) as last_version
    from documents
),

final as (
    select
        * exclude (last_version),
        published_at::date as published_date
    from ranked
    where version = last_version and duplicate_of is null
)

select * from final
