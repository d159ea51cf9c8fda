import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildWorld, readWorld, worldChecksums, type BuiltWorld, type WorldManifest } from './index.js';
import { OpenWorld, seedsDirectory } from './testing/worlds.js';

let directory: string;
let manifest: WorldManifest;
let built: BuiltWorld;
let world: OpenWorld;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'assay-acme-'));
  manifest = await readWorld(join(seedsDirectory, 'acme'));
  built = await buildWorld({ world: manifest, directory });
  world = await OpenWorld.open(manifest, built.directory);
});

afterAll(async () => {
  world.close();
  await rm(directory, { recursive: true, force: true });
});

/** A model's SQL with the models it refers to put in as subqueries. */
async function model(name: string): Promise<string> {
  let text = await readFile(join(seedsDirectory, 'acme', 'models', `${name}.sql`), 'utf8');
  text = text.replaceAll(/\{\{ source\('acme', '(\w+)'\) \}\}/g, '$1');
  for (const [placeholder, inner] of text.matchAll(/\{\{ ref\('(\w+)'\) \}\}/g))
    if (inner) text = text.replaceAll(placeholder, `(${await model(inner)})`);
  return text;
}

const models = [
  ['fct_mrr_canonical', 'revenue_month', 'mrr', '1260000.00'],
  ['fct_revenue_monthly', 'revenue_month', 'revenue', '1200000.00'],
  ['fct_arr_by_account', 'contract_month', 'contracted_mrr', '1400000.00'],
  ['fct_marketing_revenue', 'payment_month', 'revenue', '1100000.00'],
] as const;

describe('the four models', () => {
  it.each(models)('%s gives by %s and %s %s in December 2025', async (name, month, value, amount) => {
    const row = await world.row(
      `SELECT SUM(${value}) AS december FROM (${await model(name)}) WHERE ${month} = DATE '2025-12-01'`,
    );
    expect(row).toEqual({ december: amount });
  });

  it.each(models)(
    '%s yields one row per month, account and segment in all 18 months',
    async (name, month) => {
      const row = await world.row(`
      SELECT COUNT(DISTINCT ${month})::INTEGER AS months,
        COUNT(*) - COUNT(DISTINCT (${month}, account_id, segment)) AS twice
      FROM (${await model(name)}) WHERE ${month} < DATE '2026-01-01'`);
      expect(row).toEqual({ months: 18, twice: '0' });
    },
  );
});

/** Invoices of December with all that the definitions choose by. */
const december = `
  WITH paid AS (
    SELECT invoice_id, SUM(amount) AS received, MAX(payment_date) AS last_paid, BOOL_OR(refunded) AS refunded
    FROM raw_payments GROUP BY invoice_id
  ), december AS (
    SELECT i.*, c.type AS contract_type, c.status AS contract_status, c.annual_value / 12 AS monthly_value,
      received, last_paid, COALESCE(refunded, FALSE) AS refunded,
      i.type = 'subscription' AND i.status = 'paid' AND c.type = 'recurring' AND c.status = 'active' AS canonical,
      CAST(i.type <> 'subscription' AS INTEGER) + CAST(i.status <> 'paid' AS INTEGER)
        + CAST(c.type <> 'recurring' AS INTEGER) + CAST(c.status <> 'active' AS INTEGER) AS deviations
    FROM raw_invoices i JOIN raw_contracts c USING (contract_id) LEFT JOIN paid USING (invoice_id)
    WHERE i.invoice_date >= DATE '2025-12-01'
  )`;

describe('what is planted in December 2025', () => {
  it.each([
    ['canonical', 'canonical', '1260000.00'],
    ['setup fees', "type = 'setup' AND status = 'paid'", '80000.00'],
    ['services', "type = 'services' AND status = 'paid'", '40000.00'],
    ['credits', "type = 'credit'", '-220000.00'],
    ['pending invoices', "status = 'pending'", '30000.00'],
    ['contracts that are not recurring', "contract_type <> 'recurring'", '50000.00'],
    ['pilots', "contract_type = 'pilot'", '10000.00'],
    ['canonical, paid in January', "canonical AND last_paid >= DATE '2026-01-01'", '260000.00'],
    ['canonical, refunded', 'canonical AND refunded', '30000.00'],
    ['all that was refunded', 'refunded', '30000.00'],
    ['all that was paid in January', "last_paid >= DATE '2026-01-01'", '260000.00'],
  ])('%s', async (_, condition, amount) => {
    expect(
      await world.row(`${december} SELECT SUM(amount) AS amount FROM december WHERE ${condition}`),
    ).toEqual({ amount });
  });

  it('expansion within the month, on contracts that were billed', async () => {
    const row = await world.row(
      `${december} SELECT SUM(monthly_value - amount) AS amount, COUNT(*)::INTEGER AS contracts
       FROM december WHERE canonical AND monthly_value <> amount`,
    );
    expect(row).toEqual({ amount: 80000, contracts: 3 });
  });

  it('contracted, but not billed', async () => {
    const row = await world.row(`
      SELECT SUM(annual_value / 12) AS amount, COUNT(*)::INTEGER AS contracts FROM raw_contracts c
      WHERE type = 'recurring' AND status = 'active' AND start_date < DATE '2026-01-01' AND end_date >= DATE '2025-12-01'
        AND NOT EXISTS (FROM raw_invoices i WHERE i.contract_id = c.contract_id AND i.invoice_date >= DATE '2025-12-01')`);
    expect(row).toEqual({ amount: 60000, contracts: 2 });
  });

  it('each in rows of its own: no row deviates in two respects', async () => {
    const row = await world.row(`${december}
      SELECT COUNT(*)::INTEGER AS invoices, MAX(deviations) AS deviations,
        COUNT(*) FILTER (WHERE canonical <> (deviations = 0)) AS contradictions,
        COUNT(*) FILTER (WHERE deviations = 1 AND (refunded OR last_paid >= DATE '2026-01-01')) AS deviating_in_payment,
        COUNT(*) FILTER (WHERE refunded AND last_paid >= DATE '2026-01-01') AS late_and_refunded,
        COUNT(*) - COUNT(DISTINCT contract_id) FILTER (WHERE canonical) - COUNT(*) FILTER (WHERE NOT canonical) AS billed_twice,
        (SELECT COUNT(*) FROM raw_payments p JOIN raw_invoices i USING (invoice_id)
          WHERE p.payment_date >= DATE '2025-12-01' AND i.invoice_date < DATE '2025-12-01') AS november_paid_in_december
      FROM december`);
    expect(row).toEqual({
      invoices: 27,
      deviations: 1,
      contradictions: '0',
      deviating_in_payment: '0',
      late_and_refunded: '0',
      billed_twice: '0',
      november_paid_in_december: '0',
    });
  });
});

describe('the billing', () => {
  it('has the counts of the story', async () => {
    const row = await world.row(`
      SELECT (SELECT COUNT(*) FROM raw_contracts)::INTEGER AS contracts, (SELECT COUNT(*) FROM raw_invoices)::INTEGER AS invoices,
        (SELECT COUNT(*) FROM raw_payments)::INTEGER AS payments, (SELECT COUNT(*) FROM raw_accounts)::INTEGER AS accounts`);
    expect(row).toEqual({ contracts: 120, invoices: 480, payments: 460, accounts: 85 });
  });

  it('spreads the invoices evenly over 18 months', async () => {
    const row = await world.row(`
      SELECT COUNT(*)::INTEGER AS months, MIN(n)::INTEGER AS fewest, MAX(n)::INTEGER AS most, MIN(m)::VARCHAR AS first, MAX(m)::VARCHAR AS last
      FROM (SELECT CAST(DATE_TRUNC('month', invoice_date) AS DATE) AS m, COUNT(*) AS n FROM raw_invoices GROUP BY 1)`);
    expect(row).toEqual({ months: 18, fewest: 26, most: 27, first: '2024-07-01', last: '2025-12-01' });
  });

  it('refers only to what is there', async () => {
    const row = await world.row(`
      SELECT (SELECT COUNT(*) FROM raw_contracts ANTI JOIN raw_accounts USING (account_id)) AS contracts,
        (SELECT COUNT(*) FROM raw_invoices ANTI JOIN raw_contracts USING (contract_id, account_id)) AS invoices,
        (SELECT COUNT(*) FROM raw_payments ANTI JOIN raw_invoices USING (invoice_id, account_id)) AS payments,
        (SELECT COUNT(*) FROM raw_accounts ANTI JOIN raw_contracts USING (account_id)) AS accounts_without_contract,
        (SELECT COUNT(*) FROM raw_payments p JOIN raw_invoices i USING (invoice_id)
          WHERE i.status <> 'paid' OR i.type = 'credit' OR p.payment_date <= i.invoice_date) AS payments_of_nothing`);
    expect(row).toEqual({
      contracts: '0',
      invoices: '0',
      payments: '0',
      accounts_without_contract: '0',
      payments_of_nothing: '0',
    });
  });

  it('pays every paid invoice in full', async () => {
    const row = await world.row(`
      SELECT COUNT(*) AS open FROM (
        SELECT i.invoice_id FROM raw_invoices i LEFT JOIN raw_payments p USING (invoice_id)
        WHERE i.status = 'paid' AND i.type <> 'credit'
        GROUP BY i.invoice_id, i.amount HAVING COALESCE(SUM(p.amount), 0) <> i.amount)`);
    expect(row).toEqual({ open: '0' });
  });
});

it('is the same in every table when built twice', async () => {
  const again = await buildWorld({ world: manifest, directory: join(directory, 'again') });
  const [first, second] = [await worldChecksums(built.directory), await worldChecksums(again.directory)];
  expect(Object.keys(first)).toEqual([
    'acme.main.raw_accounts',
    'acme.main.raw_contracts',
    'acme.main.raw_invoices',
    'acme.main.raw_payments',
  ]);
  expect(second).toEqual(first);
});
