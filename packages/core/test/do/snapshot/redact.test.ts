import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeSnapshot } from '../../../src/internal/decode.js';
import { encodeSnapshot } from '../../../src/do/snapshot/encode.js';
import { maskAccounts, redactSnapshot } from '../../../src/do/snapshot/redact.js';
import type { RegionSnapshot, Snapshot } from '../../../src/do/snapshot/snapshot.js';
import { hideValues } from '../../../src/do/snapshot/hide-values.js';
import { sortSnapshot } from '../../../src/do/snapshot/arrange.js';
import { FULL_REGION, FULL_SNAPSHOT } from '../../decode/samples.js';
import { runs } from '../../runs.js';
import { WIDE_SNAPSHOT } from './wide-snapshot.js';

/** A region with accounts in every possible place. */
function regionOf(own: string, other: string, third: string): RegionSnapshot {
  const base = JSON.stringify(FULL_REGION).replaceAll('111122223333', own).replaceAll('444455556666', other);
  const region = JSON.parse(base) as RegionSnapshot;
  return {
    ...region,
    networks: [
      { ...region.networks[0]!, account: own },
      { ...region.networks[0]!, id: 'vpc-2', account: other },
    ],
    securityGroups: [
      {
        ...region.securityGroups[0]!,
        rules: [
          {
            ...region.securityGroups[0]!.rules[0]!,
            peerAccount: other,
            description: `from ${third}, not 9${third}`,
          },
        ],
        tags: { [`account-${own}`]: `x${other}y` },
      },
    ],
    targets: [
      {
        ...region.targets[0]!,
        id: `arn:aws:elasticloadbalancing:eu-west-1:${third}:listener/app/x/1/2`,
        networkId: 'vpc-2',
      },
    ],
    prefixLists: [{ ...region.prefixLists![0]!, account: 'AWS' }],
    native: { uid: Number(own), acs: `acs:ram::${third}:role/x` },
    access: [{ account: own, assumeRole: `arn:aws:iam::${other}:role/reader` }],
  };
}

const worldOf = (...accounts: readonly [string, string, string]): Snapshot => ({
  version: 1,
  takenAt: FULL_SNAPSHOT.takenAt,
  regions: [regionOf(...accounts)],
});

const accounts = ['111122223333', '444455556666', '777788889999'] as const;

it('leaves no account ID anywhere in the file', () => {
  const text = encodeSnapshot(worldOf(...accounts), { redact: true, raw: true });
  for (const account of accounts.slice(0, 2)) expect(text).not.toContain(account);
  expect(text.replaceAll('9777788889999', '')).not.toContain(accounts[2]);
  expect(text).toContain('arn:aws:iam::000000000002:role/reader');
  expect(text).toContain('"account": "AWS"');
  expect(text).toContain('9777788889999'); // a longer number is another number
  expect(decodeSnapshot(text).redacted).toBe(true);
  expect(text).not.toContain('"raw"');
});

it('is a renaming: other accounts in the same places result in the same file', () => {
  const account = fc.stringMatching(/^[1-9]\d{11}$/);
  fc.assert(
    fc.property(fc.uniqueArray(account, { minLength: 3, maxLength: 3 }), (ids) => {
      const [own = '', other = '', third = ''] = ids;
      fc.pre(ids.every((id) => Number.isSafeInteger(Number(id))));
      const text = encodeSnapshot(worldOf(own, other, third), { redact: true });
      const shape = text.replace(/,? ?"description": "[^"]*"/g, '');
      expect(shape).toBe(
        encodeSnapshot(worldOf(...accounts), { redact: true }).replace(/,? ?"description": "[^"]*"/g, ''),
      );
    }),
    { numRuns: runs(34, 5_000) },
  );
});

it('is one mask per account, and can be reversed with the masks', () => {
  const masks = new Map<string, string>();
  const snapshot = worldOf(...accounts);
  const { redacted, ...shown } = redactSnapshot(snapshot, masks);
  expect(redacted).toBe(true);
  expect(new Set(masks.values()).size).toBe(masks.size);
  const back = new Map([...masks].map(([account, mask]) => [mask, account]));
  const rawless = JSON.parse(
    JSON.stringify(hideValues(sortSnapshot(snapshot), 'all'), (key, member: unknown) =>
      key === 'raw' ? null : member,
    ),
  ) as Snapshot;
  // A number becomes a text: as a number, a mask would lose its zeros.
  const text = JSON.stringify(rawless).replace('"uid":111122223333', '"uid":"111122223333"');
  expect(sortSnapshot(maskAccounts(shown, back) as Snapshot)).toEqual(JSON.parse(text));
});

it('never uses an existing account ID as a mask', () => {
  const shown = redactSnapshot(worldOf('000000000002', '000000000001', '000000000003'));
  const masks = new Set(JSON.stringify(shown).match(/(?<!\d)0000000000\d\d/g));
  expect(redactSnapshot(shown)).toEqual(shown);
  expect([...masks].sort()).toEqual(['000000000004', '000000000005', '000000000006']);
});

it('uses the same masks for several files', () => {
  const masks = new Map<string, string>();
  redactSnapshot(worldOf(...accounts), masks);
  const first = new Map(masks);
  redactSnapshot(worldOf('121212121212', accounts[2], accounts[0]), masks);
  for (const [account, mask] of first) expect(masks.get(account)).toBe(mask);
  expect(masks.get('121212121212')).toBe('000000000004');
  const spec = { links: { eu: { account: accounts[0], id: 'x' } } };
  expect(maskAccounts(spec, masks)).toEqual({ links: { eu: { account: '000000000001', id: 'x' } } });
});

it('masks the longer IDs of Alibaba Cloud with masks of the same length', () => {
  const shown = redactSnapshot({
    ...WIDE_SNAPSHOT,
    redacted: undefined,
    regions: [{ ...FULL_REGION, account: '1111222233334444' }],
  });
  expect(shown.regions[0]!.account).toBe('0000000000000001');
});

it('masks accounts that are no numbers everywhere, with those of peers', () => {
  const masks = new Map<string, string>();
  const peering = { ...FULL_REGION.peerings![0]!, peerAccount: 'acme-beta' };
  const region = {
    ...FULL_REGION,
    account: 'acme-prod',
    gaps: [{ what: 'tunnels of acme-prod', operation: 'List', code: 'DENIED' }],
    peerings: [peering],
  };
  const text = JSON.stringify(redactSnapshot({ ...WIDE_SNAPSHOT, redacted: undefined, regions: [region] }, masks));
  expect(masks.get('acme-prod')).toBe('account-1');
  expect(text).not.toContain('acme-');
  expect(text).toContain('tunnels of account-1');
  const back = new Map([...masks].map(([account, mask]) => [mask, account]));
  expect(maskAccounts('arn:x:account-1:role', back)).toBe('arn:x:acme-prod:role');
  expect(maskAccounts('my-acme-production', masks)).toBe('my-acme-production');
});
