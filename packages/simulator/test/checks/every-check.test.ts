import { CLOUDS } from '../../../core/test/clouds.js';
import { rulesOf } from '@postern/core/internal/check';
import { describe, expect, it } from 'vitest';
import { ALIBABA_SHOWS } from './alibaba/shows.js';
import { APART } from './apart.js';
import { AWS_SHOWS } from './aws/shows.js';

/** Checks that no missing permission makes unknown, and why. */
const ALWAYS_KNOWN: Readonly<Record<string, string>> = {
  'gateway/undeclared-route': 'these shows read no gateway that no integration names; permissions.verify.test.ts does',
  'gateway/timeout': 'the spec contains it; only the quota of REST APIs is read',
  'link/spare': '`link/state` reports a link that was not read',
  'target/account': 'the ARN contains it',
  'target/region': 'the ARN contains it',
  'target/balancer-active': '`target/exists` reports a load balancer that was not read',
  'target/intranet': '`target/exists` reports a load balancer that was not read',
  'target/private-link': '`target/exists` reports a load balancer that was not read',
  'target/network': 'security groups and subnets both name the network of a link; `target/exists` reports the target',
  'target/protocol': '`target/exists` reports a listener that was not read',
  'target/same-group': '`target/exists` reports a machine that was not read',
  'spec/ignore': 'the spec contains it',
  ...APART,
};

/** Checks of `path/*` without shows on Alibaba Cloud, and why. */
const AWS_ONLY: Readonly<Record<string, string>> = {
  'path/transit': 'routers between networks are read on AWS only; routes to others are unknown',
  'path/endpoint': 'endpoints are read on AWS only; what a service does with calls is unknown elsewhere',
  'path/on-premises': 'lines out of the cloud are read on AWS only; routes to others are unknown',
};

const SHOWS = [...AWS_SHOWS, ...ALIBABA_SHOWS];
const IDS = rulesOf(CLOUDS).map(({ id }) => id);
const PATHS = IDS.filter((id) => id.startsWith('path/') && !Object.hasOwn(APART, id));
const of = <T extends { readonly check: string }>(shows: readonly T[], id: string) =>
  shows.filter(({ check }) => check === id);

describe('every check of the registry', () => {
  it.each(IDS)('%s is shown: it fails, passes, and passes again after its remedy', (id) => {
    expect(of(SHOWS, id).length > 0 || Object.hasOwn(APART, id)).toBe(true);
  });

  it.each(IDS)('%s is unknown where a permission is missing, or is listed with the reason', (id) => {
    expect(of(SHOWS, id).some(({ denied }) => denied !== undefined)).toBe(!Object.hasOwn(ALWAYS_KNOWN, id));
  });

  it.each(PATHS)('%s is shown on both clouds, with the answer of the simulated network', (id) => {
    expect(of(SHOWS, id).every(({ calls }) => calls !== undefined)).toBe(true);
    expect(of(AWS_SHOWS, id)).not.toEqual([]);
    expect(of(ALIBABA_SHOWS, id).length > 0).toBe(!Object.hasOwn(AWS_ONLY, id));
  });

  it('names only checks of the registry', () => {
    const known = new Set(IDS);
    const named = [...SHOWS.map(({ check }) => check), ...Object.keys({ ...ALWAYS_KNOWN, ...AWS_ONLY })];
    expect(named.filter((id) => !known.has(id))).toEqual([]);
  });
});
