CREATE TABLE campaigns AS
SELECT CAST(row_number() OVER (ORDER BY campaign) AS INTEGER) AS campaign_no, *
FROM (VALUES
  ('Brand Search', 'search', 26, 48), ('Non-Brand Search', 'search', 21, 82), ('Competitor Search', 'search', 6, 110),
  ('Shopping All Products', 'shopping', 24, 61), ('Shopping Electronics', 'shopping', 13, 74),
  ('Shopping Apparel', 'shopping', 9, 58), ('Display Prospecting', 'display', 8, 35),
  ('Display Retargeting', 'display', 10, 28), ('Video Awareness', 'video', 7, 19), ('Video Product Demos', 'video', 5, 24),
  ('Holiday Deals', 'shopping', 12, 66), ('Store Visits', 'local', 4, 39)
) AS c(campaign, channel, share, cost_per_click_cents);

-- Spend follows the shop's days: about eight cents a day per dollar sold.
CREATE TABLE ad_days AS
WITH hashed AS (
  SELECT d.day, c.*, d.valid_orders, mix(d.day_no * 64 + c.campaign_no + 30000000) AS h
  FROM days d, campaigns c
  WHERE c.campaign <> 'Holiday Deals' OR month(d.day) IN (11, 12)
), spent AS (
  SELECT *, valid_orders * 540 * share * (880 + pick(h, 241)) // (145 * 1000) AS spend_cents FROM hashed
)
SELECT *, greatest(spend_cents // cost_per_click_cents, 1) AS clicks FROM spent;

CREATE TABLE google_ads.ad_group_stats AS
WITH parts AS (
  SELECT *, CASE ad_group_no WHEN 1 THEN spend_cents - spend_cents * 30 // 100 - spend_cents * 18 // 100
                 WHEN 2 THEN spend_cents * 30 // 100 ELSE spend_cents * 18 // 100 END AS part_cents,
         CASE ad_group_no WHEN 1 THEN clicks - clicks * 28 // 100 - clicks * 20 // 100
              WHEN 2 THEN clicks * 28 // 100 ELSE clicks * 20 // 100 END AS part_clicks
  FROM ad_days, (VALUES (1, 'exact'), (2, 'phrase'), (3, 'broad')) AS g(ad_group_no, ad_group)
)
SELECT day AS date, 'cmp_' || lpad(CAST(campaign_no AS VARCHAR), 3, '0') AS campaign_id,
       'adg_' || lpad(CAST(campaign_no * 10 + ad_group_no AS VARCHAR), 4, '0') AS ad_group_id, ad_group,
       CAST(part_cents * 0.01 AS DECIMAL(12, 2)) AS spend,
       CAST(part_clicks * (28 + pick(h, 20)) AS INTEGER) AS impressions,
       CAST(part_clicks AS INTEGER) AS clicks,
       CAST(part_clicks * (24 + pick(remix(h), 14)) // 1000 AS INTEGER) AS conversions
FROM parts;

CREATE TABLE google_ads.campaign_performance AS
SELECT s.date, s.campaign_id, c.campaign, c.channel, CAST(sum(s.spend) AS DECIMAL(12, 2)) AS spend,
       CAST(sum(s.impressions) AS INTEGER) AS impressions, CAST(sum(s.clicks) AS INTEGER) AS clicks,
       CAST(sum(s.conversions) AS INTEGER) AS conversions
FROM google_ads.ad_group_stats s
JOIN campaigns c ON s.campaign_id = 'cmp_' || lpad(CAST(c.campaign_no AS VARCHAR), 3, '0')
GROUP BY s.date, s.campaign_id, c.campaign, c.channel
ORDER BY s.date, s.campaign_id;
