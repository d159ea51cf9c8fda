CREATE SCHEMA analytics.facts;

-- One row per order that counts. order_total and payment_total are in the order's currency (payments net of refunds);
-- gmv, discounts, refunds and net_revenue are in USD. gmv keeps the six decimals of price times rate, so that it adds
-- up to the source by any dimension.
CREATE TABLE analytics.facts.revenue_hourly (
  order_id BIGINT,
  order_date TIMESTAMP,
  hour TIMESTAMP,
  channel VARCHAR,
  customer_segment VARCHAR,
  product_category VARCHAR,
  product VARCHAR,
  geography VARCHAR,
  currency VARCHAR,
  currency_normalized VARCHAR,
  order_total DECIMAL(12, 2),
  payment_total DECIMAL(12, 2),
  gmv DECIMAL(18, 6),
  discount_amount DECIMAL(12, 2),
  refund_amount DECIMAL(12, 2),
  refund_rate DECIMAL(6, 4),
  net_revenue DECIMAL(18, 6),
  updated_at TIMESTAMP
);
INSERT INTO analytics.facts.revenue_hourly
SELECT 5400000000 + o.order_no, o.order_date, date_trunc('hour', o.order_date), o.channel, o.segment,
       p.product_category, p.product, o.geography, o.currency, 'USD',
       o.cents * 0.01,
       (o.cents - o.refund_cents) * 0.01,
       CAST(o.cents AS BIGINT) * o.rate4 * 0.000001,
       o.discount_cents_usd * 0.01,
       o.refund_cents_usd * 0.01,
       CASE WHEN o.refunded_at IS NULL THEN 0 ELSE o.refund_percent * 0.01 END,
       (CAST(o.cents AS BIGINT) * o.rate4 - (CAST(o.discount_cents_usd AS BIGINT) + o.refund_cents_usd) * 10000) * 0.000001,
       least(coalesce(o.refunded_at, o.order_date) + to_seconds(1200 + o.refund_size_pick), TIMESTAMP '2026-01-01')
FROM orders o
JOIN products p USING (product_no)
WHERE o.is_valid;

CREATE TABLE analytics.facts.revenue_daily AS
SELECT CAST(order_date AS DATE) AS date, channel, product_category, geography,
       CAST(count(*) AS INTEGER) AS orders,
       CAST(sum(gmv) AS DECIMAL(18, 6)) AS gmv,
       CAST(sum(discount_amount) AS DECIMAL(18, 2)) AS discount_amount,
       CAST(sum(refund_amount) AS DECIMAL(18, 2)) AS refund_amount,
       CAST(sum(net_revenue) AS DECIMAL(18, 6)) AS net_revenue,
       max(updated_at) AS updated_at
FROM analytics.facts.revenue_hourly
GROUP BY 1, 2, 3, 4
ORDER BY 1, 2, 3, 4;

CREATE SCHEMA analytics.reports;

CREATE VIEW analytics.reports.revenue_monthly AS
SELECT CAST(date_trunc('month', date) AS DATE) AS month, channel, geography,
       SUM(orders) AS orders, SUM(gmv) AS gmv, SUM(net_revenue) AS net_revenue,
       SUM(refund_amount) AS refund_amount
FROM analytics.facts.revenue_daily
GROUP BY 1, 2, 3;

CREATE VIEW analytics.reports.gmv_by_month AS
SELECT month, SUM(gmv) AS gmv, SUM(orders) AS orders, SUM(gmv) / SUM(orders) AS aov
FROM analytics.reports.revenue_monthly
GROUP BY month;
