import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
// @ts-expect-error a script without declarations
import { usedOperations } from '../used-operations.mjs';

const used = usedOperations as (apis?: string) => ReadonlyMap<string, readonly string[]>;

it('of every client that the adapter creates, the operations are found', () => {
  const file = path.resolve(import.meta.dirname, '../../packages/aws/src/client/client.ts');
  const created = [...readFileSync(file, 'utf8').matchAll(/import\('@aws-sdk\/client-[\w-]+'\)\)\.(\w+)\(/g)];
  expect(created.length).toBeGreaterThan(5);
  expect([...used().keys()].toSorted()).toEqual(created.map(([, client]) => client).toSorted());
  for (const [client, operations] of used()) expect([client, operations.length]).not.toEqual([client, 0]);
  expect(used("export type A = Api<EC2, 'createTags' | 'describeVpcs'>;")).toEqual(
    new Map([['EC2', ['CreateTags', 'DescribeVpcs']]]),
  );
});
