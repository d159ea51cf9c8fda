-- RevOps: what each account is contracted for, in every month that its contract touches.
with months as (
    select distinct cast(date_trunc('month', invoice_date) as date) as contract_month
    from {{ ref('stg_invoices') }}
)

select
    m.contract_month,
    c.account_id,
    a.segment,
    sum(c.monthly_value) as contracted_mrr,
    sum(c.annual_value) as contracted_arr
from months m
join {{ ref('stg_contracts') }} c
    on c.start_date < m.contract_month + interval '1 month'
    and c.end_date >= m.contract_month
join {{ source('acme', 'raw_accounts') }} a on c.account_id = a.account_id
where c.status = 'active'
  and c.type = 'recurring'  -- pilots are tagged in Salesforce and never count as ARR, per RevOps
group by 1, 2, 3
