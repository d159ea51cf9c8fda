import type { Statement } from '../sql/index.js';
import type { StatementInspection, WarehouseAdapter } from '../warehouse-adapter.js';
import { StatementRefused } from '../warehouse.errors.js';
import { wrapAdapter } from './wrapped-adapter.js';

const VERDICTS_KEPT = 200;

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
      await verdicts.refuseUnlessAllowed(statement);
      return runner.query(statement, options);
    },
    async *stream(runner, statement, options) {
      await verdicts.refuseUnlessAllowed(statement);
      yield* runner.stream(statement, options);
    },
    beforeExplain: (statement) => verdicts.refuseUnlessAllowed(statement),
  });
}

/** One inspection a text: a suite runs the same statement again for its rows and its explanation. */
class Verdicts {
  private readonly byText = new Map<string, Promise<StatementInspection>>();

  constructor(private readonly adapter: WarehouseAdapter) {}

  async refuseUnlessAllowed(statement: Statement): Promise<void> {
    if (statement.origin !== 'user') return;
    const { refusals } = await this.of(statement.sql);
    if (refusals.length > 0)
      throw new StatementRefused(`This SQL may not run: ${refusals.join('; ')}`, { refusals });
  }

  private of(sql: string): Promise<StatementInspection> {
    const known = this.byText.get(sql);
    if (known) return known;
    const verdict = this.adapter.inspect(sql);
    this.byText.set(sql, verdict);
    // A failed inspection is no verdict.
    verdict.catch(() => this.byText.delete(sql));
    const oldest = this.byText.keys().next();
    if (this.byText.size > VERDICTS_KEPT && !oldest.done) this.byText.delete(oldest.value);
    return verdict;
  }
}
