import type { Statement } from '../sql/index.js';
import { afterWaiting, waitUnlessStopped } from '../statement-stop.js';
import type { QueryOptions, StatementInspection, WarehouseAdapter } from '../warehouse-adapter.js';
import { StatementRefused } from '../warehouse.errors.js';
import { wrapAdapter } from './wrapped-adapter.js';

const verdictsKept = 200;

/**
 * Lets a statement of origin `user` through only when the allow-list does, and before anything of it is sent.
 * Other origins are ours and pass.
 *
 * @throws StatementRefused with every reason
 */
export function readOnly(inner: WarehouseAdapter): WarehouseAdapter {
  const verdicts = new Verdicts(inner);
  return wrapAdapter(inner, {
    async query(runner, statement, options) {
      const left = afterWaiting(options);
      await verdicts.refuseUnlessAllowed(statement, options);
      return runner.query(statement, left());
    },
    async *stream(runner, statement, options) {
      const left = afterWaiting(options);
      await verdicts.refuseUnlessAllowed(statement, options);
      yield* runner.stream(statement, left());
    },
    inspect: (sql, options) => verdicts.inspect(sql, options),
    beforeExplain: (statement, options) => verdicts.refuseUnlessAllowed(statement, options),
  });
}

/** One inspection a text: a suite runs the same statement again for its rows and its explanation. */
class Verdicts {
  private readonly byText = new Map<string, Promise<StatementInspection>>();

  constructor(private readonly adapter: WarehouseAdapter) {}

  async refuseUnlessAllowed(statement: Statement, options: QueryOptions): Promise<void> {
    if (statement.origin !== 'user') return;
    const { refusals } = await this.inspect(statement.sql, options);
    if (refusals.length > 0)
      throw new StatementRefused(`this SQL may not run: ${refusals.join('; ')}`, { refusals, sent: false });
  }

  /** Others may wait for the same verdict, so that one caller's end does not end the inspection. */
  inspect(sql: string, options: QueryOptions): Promise<StatementInspection> {
    return waitUnlessStopped(options, () => this.of(sql));
  }

  private of(sql: string): Promise<StatementInspection> {
    const known = this.byText.get(sql);
    if (known) return known;
    const verdict = this.adapter.inspect(sql);
    this.byText.set(sql, verdict);
    // A failed inspection is no verdict.
    verdict.catch(() => this.byText.delete(sql));
    const oldest = this.byText.keys().next();
    if (this.byText.size > verdictsKept && !oldest.done) this.byText.delete(oldest.value);
    return verdict;
  }
}
