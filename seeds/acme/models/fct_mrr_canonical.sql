-- Monthly recurring revenue as agreed for board reporting:
-- paid subscription invoices of active recurring contracts, recognised by invoice date.
select
    cast(date_trunc('month', i.invoice_date) as date) as revenue_month,
    c.account_id,
    a.segment,
    sum(i.amount) as mrr
from {{ ref('stg_invoices') }} i
join {{ ref('stg_contracts') }} c on i.contract_id = c.contract_id
join {{ source('acme', 'raw_accounts') }} a on c.account_id = a.account_id
where i.type = 'subscription'   -- no setup fees, no credits, no services
  and i.status = 'paid'         -- no pending, no void
  and c.type = 'recurring'      -- no pilots, no one-time contracts
  and c.status = 'active'       -- no churned contracts
group by 1, 2, 3
