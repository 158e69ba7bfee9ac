import { expect, expectTypeOf, it } from 'vitest';
import type { ReasonCode } from '@postern/core/internal/planner';
import { fill } from '../../src/ground/text/template.js';
import type { Text } from '../../src/do/findings/say.js';
import { EXCLUDED, excluded, FIT_OF, NOTED, noted, OPEN, open, RANKED } from '../../src/planner/judge/reasons.js';

type Coded = keyof typeof EXCLUDED | keyof typeof OPEN | keyof typeof NOTED | keyof typeof RANKED;

const TABLES = [
  ['no', EXCLUDED],
  ['unknown', OPEN],
  ['yes', { ...NOTED, ...RANKED }],
] as const;

const ROWS = TABLES.flatMap(([fit, table]) =>
  Object.entries<Text>(table).flatMap(([code, text]) =>
    [text.message].flat().map((form) => [fit, code, text, form] as const),
  ),
);

/** What a text has placeholders for, each with a value that no sentence has. */
const VALUES = new Proxy({}, { get: (_, name) => `<${String(name)}>`, has: () => true });

it('have a text for each code, and no other', () => {
  expectTypeOf<Coded>().toEqualTypeOf<ReasonCode>();
});

it.each(ROWS)('%s %s is one verdict, and a whole sentence', (fit, code, { verdict }, form) => {
  expect(FIT_OF[verdict]).toBe(fit);
  const text = fill(form.replace(/^if \w+(?:=\w+)?: /, ''), VALUES);
  expect(text).not.toMatch(/[{}|]|\[(?:if )| {2}/);
  expect(text.trim()).toMatch(/[.>]$/);
  expect(code).toMatch(/^[A-Z_]+$/);
});

it('ask for each value', () => {
  // @ts-expect-error: without services
  noted.PEAKS({ burst: 1 });
  // @ts-expect-error: no placeholder of that name
  open.REGION_UNKNOWN({ links: 'VPC links', region: 'eu-west-1', zone: 'a' });
  expect(excluded.PRODUCT_NOT_IN_REGION({ option: 'HTTP API', region: 'eu-west-1' })).toEqual({
    code: 'PRODUCT_NOT_IN_REGION',
    verdict: 'fail',
    message: 'HTTP API is not offered in eu-west-1.',
  });
});
