import { describe, expect, it } from 'vitest';
import { translateRegex } from './translate-regex.js';

describe('translateRegex', () => {
  it.each([
    // [as written, for DuckDB, for Postgres]
    ['^a', '^a', '^a'],
    ['^ch_[0-9a-f]{24}$', '^ch_[0-9a-f]{24}$', '^ch_[0-9a-f]{24}$'],
    ['\\d{3}-\\d+', '\\d{3}-\\d+', '\\d{3}-\\d+'],
    ['a.c', 'a.c', 'a[^\\n]c'],
    ['\\bword\\B', '\\bword\\B', '\\yword\\Y'],
    ['(?P<year>\\d{4})|x', '(\\d{4})|x', '(\\d{4})|x'],
    ['(?:a|b)*?c', '(?:a|b)*?c', '(?:a|b)*?c'],
    ['[^\\w.\\-]', '[^\\w.\\-]', '[^\\w.\\-]'],
    ['\\A\\w+@\\w+\\Z', '^\\w+@\\w+$', '^\\w+@\\w+$'],
    ['(?i)usd', '(?i)usd', '(?i)usd'],
    ['\\-\\_', '-_', '-_'],
    ['a{2,}', 'a{2,}', 'a{2,}'],
    ['\\.\\$\\^', '\\.\\$\\^', '\\.\\$\\^'],
    ['日本', '日本', '日本'],
    ['^[[:alpha:]_]+$', '^[[:alpha:]_]+$', '^[[:alpha:]_]+$'],
    ['[^[:digit:]x]', '[^[:digit:]x]', '[^[:digit:]x]'],
    ['[]a]', '[\\]a]', '[\\]a]'],
    ['[^]a]', '[^\\]a]', '[^\\]a]'],
    ['(\\Aalpha)|beta\\Z', '(^alpha)|beta$', '(^alpha)|beta$'],
    ['(?P<q>["\'])x(?P=q)?', null, '(["\'])x\\1?'],
  ])('writes %s for each engine', (regex, re2, are) => {
    if (re2 !== null) expect(translateRegex(regex, 're2')).toEqual({ pattern: re2 });
    expect(translateRegex(regex, 'are')).toEqual({ pattern: are });
  });

  it.each([
    ['(?=x)y', 're2', /look-around, which DuckDB/],
    ['(a)\\1', 're2', /back-references, which DuckDB/],
    ['a{2000}', 're2', /repetitions over 1000/],
    ['a{300}', 'are', /repetitions over 255/],
    ['[\\D]', 'are', /within brackets, which Postgres/],
    ['([a-z', 're2', /invalid regular expression/],
    ['a**', 'are', /invalid regular expression/],
    ['(?x)a b', 're2', /flags/],
    ['\\ypad\\y', 'are', /uses \\y, which/],
    ['\\h+', 'are', /uses \\h, which/],
    ['\\x{61}', 're2', /uses \\x, which/],
    ['\\U00000061', 're2', /uses \\U, which/],
    ['[[:vowel:]]', 're2', /unknown class/],
    ['a\\', 're2', /ends in a backslash/],
  ] as const)('refuses %s for %s with the reason', (regex, language, reason) => {
    const translated = translateRegex(regex, language);
    expect('reason' in translated ? translated.reason : translated).toMatch(reason);
  });

  it('keeps look-around and back-references for Postgres', () => {
    expect(translateRegex('(?=x)(a)(?<n>b)\\2\\k<n>', 'are')).toEqual({ pattern: '(?=x)(a)(b)\\2\\2' });
  });
});
