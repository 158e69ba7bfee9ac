import { canonicalJson, type DriverMethods } from '@postern/core/internal/adapter';
import { createSession } from './client/session.js';
import { together } from './gateways/wings.js';
import { httpApis } from './http-apis/door/methods.js';
import { listenerShares } from './load-balancing/listener-shares.js';
import { groupRules } from './networks/security-group.js';
import { observe } from './observe/observe.js';
import type { AwsOptions } from './options.js';
import { quotaRequests } from './quota-requests.js';
import { restApis } from './rest-apis/door/methods.js';
import { vpcLinks } from './vpc-links/door/methods.js';

/** The products, each with one line. */
const WINGS = [httpApis, restApis];

/** Everything that the driver does. Loaded with its first call. */
export function createMethods(options: AwsOptions, region: string): DriverMethods {
  const session = createSession(options, region);
  const opened = WINGS.map(({ open }) => open(session));
  const readers = WINGS.map(({ reader }) => reader);
  return {
    identity: session.identity,
    // Many links that look again at the same time ask for the same.
    observe: (scope, ctx) =>
      session.share(`observe ${canonicalJson(scope)}`, () => observe(session, readers, scope, ctx), ctx.signal),
    links: vpcLinks(session, readers),
    gateways: together(opened.map(({ gateways }) => gateways)),
    moves: { ...together(opened.map(({ moves }) => moves)), listener: listenerShares(session) },
    groupRules: groupRules(session),
    quotas: quotaRequests(session),
  };
}
