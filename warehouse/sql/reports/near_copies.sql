-- Which articles tell the same text, word for word or nearly?
with sized as (
    select
        *,
        count(distinct article_id) over (partition by syndication_id) as articles
    from documents
    where syndication_id is not null
),

final as (
    select
        syndication_id,
        articles,
        source_name,
        title,
        published_at,
        version,
        if(duplicate_of is null, 'near', 'exact') as copy,
        document_id
    from sized
    where articles > 1
)

select * from final
order by articles desc, syndication_id asc, published_at asc nulls last, document_id asc
