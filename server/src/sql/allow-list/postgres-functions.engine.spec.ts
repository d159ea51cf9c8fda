import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startPostgresServer, type PostgresServer } from '../../platform/postgres-server/index.js';
import { postgresFunctions, postgresGrammarCalls } from './postgres-functions.js';

let directory: string;
let server: PostgresServer;
let client: pg.Client;

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'assay-functions-'));
  server = await startPostgresServer({ dataDirectory: path.join(directory, 'data') });
  client = new pg.Client({ connectionString: server.connectionUrl('postgres') });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await server.stop();
  await rm(directory, { recursive: true, force: true });
});

it('pg_catalog has every function of the list that the grammar has not', async () => {
  const names = [...postgresFunctions].filter((name) => !postgresGrammarCalls.has(name));
  const { rows } = await client.query<{ proname: string }>(
    `SELECT DISTINCT proname FROM pg_proc
      WHERE pronamespace = 'pg_catalog'::regnamespace AND proname = ANY ($1::text[])`,
    [names],
  );
  const known = new Set(rows.map(({ proname }) => proname));
  expect(names.filter((name) => !known.has(name))).toEqual([]);
});
