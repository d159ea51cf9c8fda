import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildWorld, readWorld, worldChecksums, type BuiltWorld, type WorldManifest } from './index.js';
import { OpenWorld, seedsDirectory } from './testing/worlds.js';

const buildTimeoutMs = 600_000;

let directory: string;
let manifest: WorldManifest;
let built: BuiltWorld;
let world: OpenWorld;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'assay-novamart-'));
  manifest = await readWorld(join(seedsDirectory, 'novamart'));
  built = await buildWorld({ world: manifest, directory });
  world = await OpenWorld.open(manifest, built.directory);
}, buildTimeoutMs);

afterAll(async () => {
  world.close();
  await rm(directory, { recursive: true, force: true });
});

/** As the user wrote it, but for the alias before `currency`, which both tables have. */
const rawGmv = `
  SELECT SUM(CASE WHEN o.currency = 'USD' THEN o.total_price ELSE o.total_price * er.rate_to_usd END)
  FROM shopify.orders o
  LEFT JOIN analytics.reference.exchange_rates er
    ON o.currency = er.currency AND DATE(o.order_date) = er.rate_date
  WHERE o.financial_status NOT IN ('voided', 'pending') AND DATE_TRUNC('month', o.order_date) = m.month`;

describe('GMV', () => {
  it.each([
    ['2024-10-01', '12834786.370000'],
    ['2024-11-01', '15079268.470000'],
    ['2025-10-01', '15234891.420000'],
    ['2025-11-01', '18472103.870000'],
    ['2025-12-01', '22891447.230000'],
  ])('of %s is the same to the last digit in orders, hourly and daily facts', async (month, gmv) => {
    const row = await world.row(`
      SELECT (${rawGmv}) AS raw,
        (SELECT SUM(gmv) FROM analytics.facts.revenue_hourly WHERE DATE_TRUNC('month', order_date) = m.month) AS hourly,
        (SELECT SUM(gmv) FROM analytics.facts.revenue_daily WHERE DATE_TRUNC('month', date) = m.month) AS daily,
        (SELECT gmv FROM analytics.reports.gmv_by_month g WHERE g.month = m.month) AS report
      FROM (SELECT DATE '${month}' AS month) m`);
    expect(row).toEqual({ raw: gmv, hourly: gmv, daily: gmv, report: gmv });
  });

  it('of October and November is 18.7 % and 22.5 % above the year before', async () => {
    const rows = await world.rows(`
      SELECT ROUND(100 * (n.gmv / b.gmv - 1), 1) AS growth
      FROM analytics.reports.gmv_by_month n
      JOIN analytics.reports.gmv_by_month b ON b.month = n.month - INTERVAL 1 YEAR
      WHERE n.month IN (DATE '2025-10-01', DATE '2025-11-01') ORDER BY n.month`);
    expect(rows).toEqual([{ growth: 18.7 }, { growth: 22.5 }]);
  });

  it('is the same in orders and facts in every segment, channel, category and geography', async () => {
    const row = await world.row(`
      WITH raw AS (
        SELECT o.customer_segment, o.channel, o.product_category, o.geography,
          SUM(CASE WHEN o.currency = 'USD' THEN o.total_price ELSE o.total_price * er.rate_to_usd END) AS gmv
        FROM shopify.orders o
        LEFT JOIN analytics.reference.exchange_rates er
          ON o.currency = er.currency AND DATE(o.order_date) = er.rate_date
        WHERE o.financial_status NOT IN ('voided', 'pending') GROUP BY ALL
      ), facts AS (
        SELECT customer_segment, channel, product_category, geography, SUM(gmv) AS gmv
        FROM analytics.facts.revenue_hourly GROUP BY ALL
      )
      SELECT COUNT(*) > 500 AS many, COUNT(*) FILTER (WHERE raw.gmv IS DISTINCT FROM facts.gmv) AS differing
      FROM raw FULL JOIN facts USING (customer_segment, channel, product_category, geography)`);
    expect(row).toEqual({ many: true, differing: '0' });
  });

  it('makes an average order of 67.40', async () => {
    const row = await world.row(
      `SELECT ROUND(SUM(gmv) / COUNT(*), 2) AS aov FROM analytics.facts.revenue_hourly`,
    );
    expect(row).toEqual({ aov: 67.4 });
  });
});

describe('facts.revenue_hourly', () => {
  it('has exactly 2,847,312 rows, all valid', async () => {
    const row = await world.row(`
      SELECT COUNT(*) AS n, COUNT(DISTINCT order_id) AS orders,
        COUNT(*) FILTER (WHERE gmv < net_revenue OR gmv IS NULL OR net_revenue IS NULL) AS net_above_gmv,
        COUNT(*) FILTER (WHERE ABS(order_total - payment_total) > 0.01 AND refund_amount = 0) AS unpaid,
        COUNT(*) FILTER (WHERE currency_normalized IS NULL) AS not_normalized,
        COUNT(*) FILTER (WHERE net_revenue <> gmv - discount_amount - refund_amount) AS wrong_net,
        COUNT(*) FILTER (WHERE hour <> DATE_TRUNC('hour', order_date)) AS wrong_hour,
        COUNT(*) FILTER (WHERE updated_at < order_date OR updated_at > TIMESTAMP '2026-01-01') AS wrong_update,
        MIN(refund_rate) AS lowest, MAX(refund_rate) AS highest,
        MIN(order_date) >= TIMESTAMP '2024-10-01' AND MAX(order_date) < TIMESTAMP '2026-01-01' AS in_range,
        MAX(updated_at) AS fresh
      FROM analytics.facts.revenue_hourly`);
    expect(row).toEqual({
      n: '2847312',
      orders: '2847312',
      net_above_gmv: '0',
      unpaid: '0',
      not_normalized: '0',
      wrong_net: '0',
      wrong_hour: '0',
      wrong_update: '0',
      lowest: '0.0000',
      highest: '0.8700',
      in_range: true,
      fresh: '2026-01-01 00:00:00',
    });
  });

  it('carries its refunds and discounts from Stripe and Shopify, order by order', async () => {
    const row = await world.row(`
      SELECT COUNT(*) FILTER (WHERE f.refund_amount <> COALESCE(r.refund_amount_usd, 0)) AS refunds,
        COUNT(*) FILTER (WHERE f.discount_amount <> COALESCE(o.discount_amount_usd, 0)) AS discounts,
        COUNT(*) FILTER (WHERE f.order_total <> c.amount * 0.01) AS charges
      FROM analytics.facts.revenue_hourly f
      JOIN shopify.orders o USING (order_id)
      JOIN stripe.public.charges c USING (order_id)
      LEFT JOIN stripe.public.refunds r USING (order_id)`);
    expect(row).toEqual({ refunds: '0', discounts: '0', charges: '0' });
  });

  it('declares no key and holds no money as a float', async () => {
    const row = await world.row(`
      SELECT (SELECT COUNT(*) FROM duckdb_constraints() WHERE table_name = 'revenue_hourly') AS constraints,
        (SELECT COUNT(*) FROM duckdb_columns() WHERE data_type IN ('DOUBLE', 'FLOAT')
           AND database_name <> 'system' AND table_name NOT IN ('gmv_by_month')) AS floats`);
    expect(row).toEqual({ constraints: '0', floats: '0' });
  });
});

describe('stripe.public.charges', () => {
  it('has the currency shares of the profile', async () => {
    const rows = await world.rows(`
      SELECT CASE WHEN currency IN ('USD', 'CAD', 'GBP', 'EUR') THEN currency ELSE 'other' END AS bucket,
        ROUND(100.0 * COUNT(*) / SUM(COUNT(*)) OVER (), 1) AS share, COUNT(DISTINCT currency)::INTEGER AS currencies
      FROM stripe.public.charges GROUP BY 1 ORDER BY 2 DESC`);
    expect(rows).toEqual([
      { bucket: 'USD', share: 96.8, currencies: 1 },
      { bucket: 'CAD', share: 1.9, currencies: 1 },
      { bucket: 'GBP', share: 0.8, currencies: 1 },
      { bucket: 'EUR', share: 0.3, currencies: 1 },
      { bucket: 'other', share: 0.2, currencies: 12 },
    ]);
  });

  it('lacks customer_id in 1.2 % and nothing else', async () => {
    const row = await world.row(`
      SELECT ROUND(100.0 * COUNT(*) FILTER (WHERE customer_id IS NULL) / COUNT(*), 1) AS customers,
        COUNT(*) - COUNT(charge_id) AS ids, COUNT(*) - COUNT(amount) AS amounts, COUNT(*) - COUNT(currency) AS currencies,
        COUNT(*) - COUNT(status) AS states, COUNT(*) - COUNT(created) AS times, COUNT(*) - COUNT(DISTINCT charge_id) AS twice,
        LIST(DISTINCT status ORDER BY status) AS known, ANY_VALUE(typeof(amount)) AS money,
        COUNT(*) FILTER (WHERE currency <> UPPER(currency)) AS lower_case
      FROM stripe.public.charges`);
    expect(row).toEqual({
      customers: 1.2,
      ids: '0',
      amounts: '0',
      currencies: '0',
      states: '0',
      times: '0',
      twice: '0',
      known: ['failed', 'pending', 'succeeded'],
      money: 'INTEGER',
      lower_case: '0',
    });
  });

  it('has one charge of the same money for every order, and a known customer where it names one', async () => {
    const row = await world.row(`
      SELECT COUNT(*) = (SELECT COUNT(*) FROM stripe.public.charges) AS complete,
        COUNT(*) FILTER (WHERE c.amount * 0.01 <> o.total_price OR c.currency <> o.currency) AS other_money,
        COUNT(*) FILTER (WHERE c.customer_id <> o.customer_id) AS other_customer,
        COUNT(*) FILTER (WHERE k.customer_id IS NULL) AS unknown_customer
      FROM shopify.orders o
      JOIN stripe.public.charges c USING (order_id)
      LEFT JOIN shopify.customers k ON k.customer_id = o.customer_id`);
    expect(row).toEqual({ complete: true, other_money: '0', other_customer: '0', unknown_customer: '0' });
  });
});

describe('the rest of the shop', () => {
  it('has a rate for every currency on every day, and 1 for USD', async () => {
    const row = await world.row(`
      SELECT COUNT(*)::INTEGER AS rates, COUNT(DISTINCT currency)::INTEGER AS currencies,
        COUNT(*) FILTER (WHERE currency = 'USD' AND rate_to_usd <> 1) AS wrong_usd,
        (SELECT COUNT(*) FROM shopify.orders o ANTI JOIN analytics.reference.exchange_rates r
           ON o.currency = r.currency AND DATE(o.order_date) = r.rate_date) AS without_rate
      FROM analytics.reference.exchange_rates`);
    expect(row).toEqual({ rates: 457 * 16, currencies: 16, wrong_usd: '0', without_rate: '0' });
  });

  it('sells 61 % on the web, 28 % on mobiles, 11 % in stores', async () => {
    const rows = await world.rows(`
      SELECT channel, ROUND(100 * SUM(gmv) / SUM(SUM(gmv)) OVER ()) AS share
      FROM analytics.facts.revenue_hourly GROUP BY 1 ORDER BY 2 DESC`);
    expect(rows).toEqual([
      { channel: 'web', share: 61 },
      { channel: 'mobile', share: 28 },
      { channel: 'store', share: 11 },
    ]);
  });

  it('refunds 3.1 % of the orders that count, each at least a day later', async () => {
    const row = await world.row(`
      SELECT ROUND(100.0 * COUNT(r.refund_id) / COUNT(*), 1) AS share, COUNT(r.refund_id) - COUNT(DISTINCT r.refund_id) AS twice,
        COUNT(*) FILTER (WHERE r.created < o.order_date + INTERVAL 1 DAY) AS early,
        COUNT(*) FILTER (WHERE (r.refund_id IS NULL) <> (o.financial_status = 'paid')) AS wrong_status,
        (SELECT COUNT(*) FROM stripe.public.refunds x ANTI JOIN stripe.public.charges c USING (charge_id, order_id)) AS without_charge
      FROM shopify.orders o LEFT JOIN stripe.public.refunds r USING (order_id)
      WHERE o.financial_status NOT IN ('voided', 'pending')`);
    expect(row).toEqual({ share: 3.1, twice: '0', early: '0', wrong_status: '0', without_charge: '0' });
  });

  it('takes 14.3 % of the last 90 days from customers who signed up in them', async () => {
    const row = await world.row(`
      SELECT ROUND(100.0 * SUM(CASE WHEN c.signup_date >= DATE '2026-01-01' - INTERVAL '90' DAY
          THEN o.total_price ELSE 0 END) / SUM(o.total_price), 1) AS new_customer_revenue_pct
      FROM shopify.orders o
      JOIN postgresql.novamart.customers c ON o.customer_id = c.customer_id
      WHERE o.order_date >= DATE '2026-01-01' - INTERVAL '90' DAY AND o.financial_status = 'paid'`);
    expect(row).toEqual({ new_customer_revenue_pct: 14.3 });
  });

  it('has no order before its customer signed up', async () => {
    const row = await world.row(`
      SELECT COUNT(*) AS early FROM shopify.orders o JOIN shopify.customers c USING (customer_id)
      WHERE o.order_date < c.first_purchase_at AND o.financial_status NOT IN ('voided', 'pending')`);
    expect(row).toEqual({ early: '0' });
  });

  it('peaks on Black Friday and dips on 3 December as on no other day of the month', async () => {
    const rows = await world.rows(`
      WITH days AS (
        SELECT DATE(order_date) AS day, SUM(net_revenue) AS net FROM analytics.facts.revenue_hourly GROUP BY 1
      ), weeks AS (
        SELECT d.day::VARCHAR AS day, d.net < 0.9 * b.net AS alert
        FROM days d JOIN days b ON b.day = d.day - 7 WHERE d.day >= DATE '2025-12-01'
      )
      SELECT day FROM weeks WHERE alert
      UNION ALL
      SELECT day::VARCHAR FROM (SELECT * FROM days WHERE day < DATE '2025-12-01' ORDER BY net DESC LIMIT 1)`);
    expect(rows).toEqual([{ day: '2025-12-03' }, { day: '2025-11-28' }]);
  });

  it('adds its ad groups up to its campaigns', async () => {
    const row = await world.row(`
      WITH groups AS (
        SELECT date, campaign_id, SUM(spend) AS spend, SUM(clicks) AS clicks FROM google_ads.ad_group_stats GROUP BY ALL
      )
      SELECT COUNT(*) > 5000 AS many, COUNT(*) FILTER (WHERE g.spend IS DISTINCT FROM c.spend OR g.clicks IS DISTINCT FROM c.clicks) AS differing
      FROM google_ads.campaign_performance c FULL JOIN groups g USING (date, campaign_id)`);
    expect(row).toEqual({ many: true, differing: '0' });
  });
});

it(
  'is the same in every table when built twice',
  async () => {
    const again = await buildWorld({ world: manifest, directory: join(directory, 'again') });
    const [first, second] = [await worldChecksums(built.directory), await worldChecksums(again.directory)];
    expect(Object.keys(first)).toHaveLength(16);
    expect(second).toEqual(first);
  },
  buildTimeoutMs,
);
