import type { AST } from '@eslint-community/regexpp';
import { RegExpParser, RegExpSyntaxError } from '@eslint-community/regexpp';
import type { WarehouseCapabilities } from '../../warehouse/index.js';
import { normaliseRegex, NotExpressible, posixClassOf } from './normalise-regex.js';

export type RegexLanguage = WarehouseCapabilities['regex'];

/**
 * A pattern as suites write it (Python's and JavaScript's common ground) in the language of the engine,
 * or the reason why it cannot be said there: it never quietly becomes another pattern.
 * Postgres reads `\b` as a backspace and lets `.` match a newline; RE2 (DuckDB) has no look-around and no
 * back-references. Which characters `\w`, `\d`, `\s` and case take in beyond ASCII stays the engine's own.
 */
export function translateRegex(
  regex: string,
  language: RegexLanguage,
): { pattern: string } | { reason: string } {
  const flags = /^\(\?([a-z]+)\)/.exec(regex);
  if (flags && flags[1] !== 'i') {
    return { reason: `flags "${flags[0]}" of the regex are not supported; only (?i) is` };
  }
  try {
    const body = normaliseRegex(regex.slice(flags?.[0].length ?? 0));
    const parser = new RegExpParser({ ecmaVersion: 2025 });
    const tree = parser.parsePattern(body, 0, body.length, { unicode: true, unicodeSets: false });
    const written = new Writer(language, tree).alternatives(tree.alternatives);
    return { pattern: flags ? `(?i)${written}` : written };
  } catch (error) {
    if (error instanceof NotExpressible) return { reason: error.message };
    if (error instanceof RegExpSyntaxError) return { reason: error.message.replace(/^Invalid/, 'invalid') };
    throw error;
  }
}

const engineNames = { re2: 'DuckDB', are: 'Postgres', joni: 'Trino' } as const;

class Writer {
  constructor(
    private readonly language: RegexLanguage,
    private readonly tree: AST.Pattern,
  ) {}

  alternatives(alternatives: readonly AST.Alternative[]): string {
    return alternatives.map((a) => a.elements.map((e) => this.element(e)).join('')).join('|');
  }

  private element(element: AST.Element): string {
    switch (element.type) {
      case 'Group':
        if (element.modifiers) throw this.cannot('inline modifiers');
        return `(?:${this.alternatives(element.alternatives)})`;
      case 'CapturingGroup':
        // Groups are numbered the same without their names, which Postgres does not know.
        return `(${this.alternatives(element.alternatives)})`;
      case 'Backreference':
        if (this.language === 're2') throw this.cannot('back-references');
        return `\\${this.groupNumber(element)}`;
      case 'Quantifier':
        return `${this.element(element.element)}${this.quantifier(element)}`;
      case 'Assertion':
        return this.assertion(element);
      case 'Character':
        return this.character(element.value);
      case 'CharacterSet':
        return this.set(element, false);
      case 'CharacterClass':
        return this.characterClass(element);
      case 'ExpressionCharacterClass':
        throw this.cannot('set operations in character classes');
    }
  }

  private assertion(assertion: AST.Assertion): string {
    switch (assertion.kind) {
      case 'start':
        return '^';
      case 'end':
        return '$';
      case 'word':
        if (this.language === 'are') return assertion.negate ? '\\Y' : '\\y';
        return assertion.negate ? '\\B' : '\\b';
      case 'lookahead':
      case 'lookbehind': {
        if (this.language === 're2') throw this.cannot('look-around');
        const arrow = assertion.kind === 'lookbehind' ? '<' : '';
        return `(?${arrow}${assertion.negate ? '!' : '='}${this.alternatives(assertion.alternatives)})`;
      }
    }
  }

  private quantifier({ min, max, greedy }: AST.Quantifier): string {
    // Postgres takes greediness from the first quantifier of a branch: harmless, since only the fact of a
    // match is asked for. Its counts end at 255, RE2's at 1000.
    const limit = this.language === 'are' ? 255 : 1000;
    const greatest = Number.isFinite(max) ? Math.max(min, max) : min;
    if (greatest > limit) throw this.cannot(`repetitions over ${limit}`);
    const lazy = greedy ? '' : '?';
    if (min === 0 && max === 1) return `?${lazy}`;
    if (min === 0 && max === Infinity) return `*${lazy}`;
    if (min === 1 && max === Infinity) return `+${lazy}`;
    return `{${min}${max === min ? '' : `,${max === Infinity ? '' : max}`}}${lazy}`;
  }

  private character(code: number): string {
    const c = String.fromCodePoint(code);
    if (/[\\^$.*+?()[\]{}|/-]/.test(c)) return c === '/' || c === '-' ? c : `\\${c}`;
    return c;
  }

  private inClass(code: number): string {
    const posix = posixClassOf(code);
    if (posix !== undefined) return `[:${posix}:]`;
    const c = String.fromCodePoint(code);
    return /[\\\]^[-]/.test(c) ? `\\${c}` : c;
  }

  private set(set: AST.CharacterSet, inside: boolean): string {
    switch (set.kind) {
      case 'any':
        return this.language === 'are' ? '[^\\n]' : '.';
      case 'digit':
        return set.negate ? this.outsideOnly('\\D', inside) : '\\d';
      case 'space':
        return set.negate ? this.outsideOnly('\\S', inside) : '\\s';
      case 'word':
        return set.negate ? this.outsideOnly('\\W', inside) : '\\w';
      case 'property':
        if (this.language === 'are') throw this.cannot('Unicode property classes');
        return `\\${set.negate ? 'P' : 'p'}{${set.value ?? set.key}}`;
    }
  }

  /** Postgres refuses `\D` within brackets. */
  private outsideOnly(written: string, inside: boolean): string {
    if (inside && this.language === 'are') throw this.cannot(`${written} within brackets`);
    return written;
  }

  private characterClass(characterClass: AST.CharacterClass): string {
    const members = characterClass.elements.map((e) => {
      switch (e.type) {
        case 'Character':
          return this.inClass(e.value);
        case 'CharacterClassRange':
          return `${this.inClass(e.min.value)}-${this.inClass(e.max.value)}`;
        case 'CharacterSet':
          return this.set(e, true);
        case 'CharacterClass':
        case 'ExpressionCharacterClass':
        case 'ClassStringDisjunction':
          throw this.cannot('nested character classes');
      }
    });
    return `[${characterClass.negate ? '^' : ''}${members.join('')}]`;
  }

  private groupNumber(reference: AST.Backreference): number {
    const resolved = reference.resolved;
    const group = Array.isArray(resolved) ? resolved[0] : resolved;
    const before: AST.CapturingGroup[] = [];
    const visit = (node: AST.Node): void => {
      if (node.type === 'CapturingGroup') before.push(node);
      if ('alternatives' in node) node.alternatives.forEach((a) => a.elements.forEach(visit));
      if (node.type === 'Quantifier') visit(node.element);
    };
    visit(this.tree);
    return before.findIndex((g) => g === group) + 1;
  }

  private cannot(what: string): NotExpressible {
    return new NotExpressible(`the regex uses ${what}, which ${engineNames[this.language]} does not have`);
  }
}
