import { CLOUDS } from '../../../clouds.js';
import { describe, expect, it } from 'vitest';
import type { Gateway } from '../../../../src/do/model/gateway.js';
import type { Link } from '../../../../src/do/model/link.js';
import { formatUnused, restOfDrain, UNUSED_TAG, unusedMark } from '../../../../src/do/model/moves.js';
import { linkDrain, linkWait, targetDrain, unusedWait, waiting } from '../../../../src/do/plan/links/link-plan.js';
import { draftOf, FOREIGN, gatewayOf, linkOf, OWN, regionOf, routeOf, TAKEN_AT } from '../removal/owned.js';

const NOW = Date.parse(TAKEN_AT);
const ago = (seconds: number): string => new Date(NOW - seconds * 1_000).toISOString();
const marked = (seconds: number, waitMs = 35_000): Link => {
  const link = linkOf(OWN);
  return { ...link, tags: { ...link.tags, [UNUSED_TAG]: formatUnused(NOW - seconds * 1_000, waitMs) } };
};
const none = gatewayOf({ routes: [] });

describe('how long calls may be in flight', () => {
  const of = (...gateways: readonly Gateway[]) => {
    const region = regionOf({ links: [linkOf(OWN)], gateways });
    return { link: linkDrain(CLOUDS, region, linkOf(OWN)), target: targetDrain(CLOUDS, region) };
  };
  const slow = gatewayOf({ routes: [routeOf(FOREIGN, { settings: { timeoutMs: 60_000 } })] });
  const quick = gatewayOf({ routes: [routeOf(OWN, { settings: { timeoutMs: 1_000 } })] });

  it('is the time of the change and of the longest answer, of each gateway that may have left a moment ago', () => {
    expect(of(none)).toEqual({ link: 35_000, target: 35_000 });
    expect(of(quick)).toEqual({ link: 35_000, target: 35_000 });
    expect(of(none, slow)).toEqual({ link: 65_000, target: 65_000 });
  });

  it('is none where the gateways are gone, or the link carries no calls', () => {
    expect(of()).toEqual({ link: 0, target: 0 });
    const region = regionOf({ gateways: [none] });
    for (const state of ['failed', 'deleting'] as const)
      expect(linkDrain(CLOUDS, region, linkOf(OWN, { state }))).toBe(0);
    for (const state of ['ready', 'inactive', 'pending', 'unknown'] as const)
      expect(linkDrain(CLOUDS, region, linkOf(OWN, { state }))).toBe(35_000);
  });

  it('is that of the DNS where the gateway itself moves, for a link and not for a target', () => {
    const link = linkOf(OWN, { kind: 'integration-instance' });
    const region = regionOf({ provider: 'alibaba', links: [link], gateways: [gatewayOf({ kind: 'api-group' })] });
    expect(linkDrain(CLOUDS, region, link)).toBe(630_000);
    expect(targetDrain(CLOUDS, region)).toBe(35_000);
  });

  it('of a kind of gateway that cannot use the link does not count', () => {
    const balancer = linkOf(OWN, { kind: 'vpc-link-v1' });
    const region = regionOf({ links: [balancer], gateways: [gatewayOf({ kind: 'rest-api', routes: [] })] });
    expect(linkDrain(CLOUDS, region, balancer)).toBe(34_000);
  });
});

describe('the mark of a link without callers', () => {
  const rest = (seconds: number, waitMs?: number) => restOfDrain(unusedMark(marked(seconds, waitMs)), 35_000, NOW);

  it('reads back what it writes', () => {
    expect(formatUnused(Date.parse('2026-11-23T15:42:59.000Z'), 34_500)).toBe('2026-11-23T15:42:59.000Z/PT35S');
    expect(unusedMark(marked(60))).toEqual({ sinceMs: NOW - 60_000, waitMs: 35_000 });
  });

  it.each(['', 'yes', '2026-11-23T15:42:59.000Z', '2026-13-45T15:42:59.000Z/PT35S', ' 2026-11-23T15:42:59.000Z/PT35S'])(
    'is none where it is %j',
    (text) => expect(unusedMark({ tags: { [UNUSED_TAG]: text } })).toBeUndefined(),
  );

  it('is none where it is not an own member', () => {
    expect(unusedMark({ tags: {} })).toBeUndefined();
    const tags = Object.create({ [UNUSED_TAG]: `${ago(600)}/PT35S` }) as Record<string, string>;
    expect(unusedMark({ tags })).toBeUndefined();
  });

  it('is none where it is older than the link', () => {
    expect(unusedMark({ ...marked(600), createdAt: ago(599) })).toBeUndefined();
    expect(unusedMark({ ...marked(600), createdAt: ago(600) })).toBeDefined();
  });

  it('shortens the wait by what passed since', () => {
    expect([0, 10, 35, 60, 3_600].map((seconds) => rest(seconds))).toEqual([35_000, 25_000, 0, 0, 0]);
  });

  it('shortens nothing where it is of the future, or older than an hour', () => {
    expect(rest(-1)).toBe(35_000);
    expect(rest(3_601)).toBe(35_000);
    expect(restOfDrain(unusedMark(marked(600)), 35_000, Number.NaN)).toBe(35_000);
    expect(restOfDrain(undefined, 35_000, NOW)).toBe(35_000);
  });

  it('lengthens it where callers with longer timeouts left', () => {
    expect(rest(0, 305_000)).toBe(305_000);
    expect(rest(100, 305_000)).toBe(205_000);
    expect(rest(-1, 305_000)).toBe(305_000);
  });
});

describe('the wait of a step', () => {
  const region = (link: Link, routes = [routeOf(OWN, { linkId: 'l-9' })]) =>
    regionOf({ links: [link], gateways: [gatewayOf({ routes })] });

  it('is shortened by the mark only while nothing uses the link', () => {
    const link = marked(600);
    expect(linkWait(draftOf(), draftOf(), region(link), link)).toBe(0);
    expect(unusedWait(CLOUDS, region(link), link, NOW)).toBe(0);
    expect(linkWait(draftOf(), draftOf(), region(link, [routeOf(FOREIGN)]), link)).toBe(35_000);
    expect(linkWait(draftOf(), draftOf(), region(linkOf(OWN)), linkOf(OWN))).toBe(35_000);
  });

  it('is the same where the spec is removed: callers outside of the spec may have left', () => {
    const draft = draftOf({ reason: 'this spec is removed' });
    expect(linkWait(draft, draft, region(linkOf(OWN)), linkOf(OWN))).toBe(35_000);
  });

  it('is no member of a step that does not wait', () => {
    expect(waiting(0)).toEqual({});
    expect(waiting(7)).toEqual({ drainMs: 7 });
  });
});
