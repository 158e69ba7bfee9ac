import { expect, it } from 'vitest';
import { linkQuota } from '../../../src/check/checks/link/quota.js';
import { targetCertificate } from '../../../src/check/checks/target/certificate.js';
import { counted } from '../../../src/ground/text/quantities.js';
import { CERTIFICATE } from '../../check/checks/aws-region.js';
import { outcomesOf } from '../../check/checks/run-check.js';
import { awsWorld } from '../../check/checks/world.js';

it.each<[number, string]>([
  [0, '0 days'],
  [1, '1 day'],
  [2, '2 days'],
])('%i', (count, text) => {
  expect(counted(count, 'day')).toBe(text);
});

it('uses the given plural', () => {
  expect([1, 2].map((count) => counted(count, 'vSwitch', 'vSwitches'))).toEqual(['1 vSwitch', '2 vSwitches']);
});

it('is used in messages of checks', () => {
  const tomorrow = awsWorld(({ the }) => Object.assign(the('certificates', CERTIFICATE), { notAfter: '2026-06-02' }));
  expect(outcomesOf(targetCertificate, tomorrow)[0]?.message).toMatch(/, in 1 day$/);
  const full = awsWorld(({ region }) => void (region.quotas = { 'vpc-links': 1 }));
  expect(outcomesOf(linkQuota, full)[0]?.message).toMatch(/^there is 1 VPC link V2 in /);
});
