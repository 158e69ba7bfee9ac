import { readdirSync, readFileSync } from 'node:fs';
import type { PosternError } from '@postern/core/internal/library';
import { describe, expect, it } from 'vitest';
import { CASES, movingShop, process } from './refusal-cases.js';

/** Codes that a refusal of a move has, and that no case of this table follows, and why. */
const NOT_FOLLOWED: Readonly<Record<string, string>> = {
  AMBIGUOUS: 'two links of one name: the remedy asks for the ID, which the message lists',
  WRONG_KIND: 'the remedy asks for a gateway or link of another kind, which another request names',
  UNKNOWN_REFERENCE: 'the remedy of a shift lists the names of the spec',
  PERMISSION_DENIED: 'the remedy of a shift names the permission that a snapshot needs',
  WEIGHTS_OWNED: 'the remedy is a deployment of the owner; shifts that are accepted despite it are in `shifts/`',
  ABORTED: 'the signal of the caller ended it: the same call goes on',
  INTERNAL: 'a defect of the engine',
};

describe('the remedy of a refused move leads to an accepted one', () => {
  it.each(CASES.map((one) => [`${one.code}: ${one.name}`, one] as const))('%s', async (_, one) => {
    const shop = await movingShop();
    const all = process(shop);
    const command = await one.refused(shop, all);
    const error = await command().then(
      () => expect.fail('it was accepted'),
      (reason: unknown) => reason as PosternError,
    );
    expect(error).toMatchObject({ code: one.code });
    expect(error.remedy).toMatch(/\S/);
    expect(error.remedy).toContain(one.remedy);
    const result = await one.follow(shop, all, error.remedy ?? '');
    expect(result).toMatchObject({ failures: [] });
  });

  it('each code of the moves has a case, or says why it cannot be followed', () => {
    const root = new URL('../../../core/src/moves/', import.meta.url);
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    const codes = files.flatMap((name) =>
      [...readFileSync(new URL(name, root), 'utf8').matchAll(/new \w+Error\(\s*'([A-Z_]+)'/g)].map(([, code]) => code),
    );
    const known = [...CASES.map(({ code }) => code), ...Object.keys(NOT_FOLLOWED)];
    expect([...new Set(codes)].filter((code) => !known.includes(code as PosternError['code']))).toEqual([]);
  });
});
