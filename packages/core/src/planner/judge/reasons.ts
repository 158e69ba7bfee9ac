import type { Verdict } from '../../do/findings/finding.js';
import { fail, pass, unknown, type Text } from '../../do/findings/say.js';
import { statementsOf, type Statement } from '../../do/findings/statements.js';
import type { Fit, ReasonCode } from '../advice.js';

type Texts<V extends Verdict> = Readonly<Partial<Record<ReasonCode, Text<V>>>>;

/** A reason with its verdict: a failure excludes an option, a pass says what must be known of it. */
export type JudgedReason = Statement<ReasonCode>;

/** What verdicts mean for an option. */
export const FIT_OF: Readonly<Record<Verdict, Fit>> = { pass: 'yes', fail: 'no', unknown: 'unknown' };

/** Why an option does not fit. A list: the first text whose values are known. */
export const EXCLUDED = {
  PRODUCT_NOT_IN_REGION: fail('{option} is not offered in {region}.'),
  PRODUCT_RETIRED: fail([
    'New instances are not sold since {sale}, and only an existing one can be used. [if isRead: None exists here.|A snapshot shows whether one exists (--snapshot).] The service ends on {end}.[ Its successor is {successor}: {page}][ {tool}]',
    'The service ended on {end}.[ Its successor is {successor}: {page}][ {tool}]',
  ]),
  PROTOCOL_NOT_SERVED: fail('{gateway} does not serve {protocol}, needed by {services:few}.'),
  FEATURE_MISSING: fail('{gateway} has no {feature}, needed by [{services:few}|all services]. See {source}'),
  PAYLOAD_TOO_LARGE: fail('{services:few}: over {mostKb} KB, the most of {gateway}. See {source}'),
  TIMEOUT_SHORTER: fail(
    '{gateway} stops waiting after {mostMs} ms, before latencyMs ({latencyMs}): callers get status 503 or 504. It cannot be raised.',
  ),
  QUOTA_EXCEEDED: fail(
    "{quota}: {total}{withExisting? with the existing ones:} needed, the {isOfAccount?account's quota:default} is {limit}. It {isAdjustable?can:cannot} be raised.",
  ),
  GATEWAYS_EXCEEDED: fail('{apis} {apis?API:APIs} needed, and `gateways` allows {allowed}.'),
  RATE_EXCEEDED: fail('No instance type carries {rate} requests per second.'),
  BUDGET_EXCEEDED: fail('It costs {isLeast?at least :}USD {usd} a month, over the budget of {budget}.'),
} satisfies Texts<'fail'>;

/** Why it is unknown whether an option fits. */
export const OPEN = {
  REGION_UNKNOWN: unknown('No page says whether {links} are offered in {region}.'),
  PROTOCOL_UNKNOWN: unknown('No page says whether {gateway} serves {protocol} ({services:few}).'),
  FEATURE_UNKNOWN: unknown('No page says whether {gateway} has {feature} ([{services:few}|all services]).'),
  CROSS_ACCOUNT: unknown('{services:few}: no page says how {link}s reach backends of another account.'),
  PAYLOAD_UNKNOWN: unknown(
    '{services:few}: request and answer together are over {mostKb} KB, the most of each with {gateway}. Write the larger of the two as largestKb.',
  ),
  TIMEOUT_SHORTER: unknown(
    '{gateway} stops waiting after {mostMs} ms, before latencyMs ({latencyMs}): callers get status 503 or 504. [{raised}|It can be raised ({quotaCode}).|It can be raised.]',
  ),
  SEPARATE_VPCS: unknown('Services are in {count} VPCs, and no page says whether {gateway} reaches several.'),
  QUOTA_UNKNOWN: unknown([
    'Cannot determine [if isRead: how many {quota} exist|the quota of {quota}]: it was not read. {added} are needed.',
    'The quotas of {gateway}, and the requests per second of its types, could not be read.',
  ]),
  BUDGET_UNKNOWN: unknown([
    'Cannot determine whether the budget of USD {budget} suffices: the prices of {region} are not known. At those of {priceRegion} it costs {isLeast?at least :}USD {usd} a month.',
    'Cannot determine whether the budget suffices: {unknown:;}.',
  ]),
} satisfies Texts<'unknown'>;

/** What must be known of an option. */
export const NOTED = {
  FITS: pass('It serves [if count=1: the service|all {count} services].'),
  NOT_SERVED_BY_POSTERN: pass('Postern has no adapter for it, so it writes no spec: {option}.'),
  PRODUCT_RETIRING: pass(
    '{exists?An instance exists. :}The service ends on {end}.[ Its successor is {successor}: {page}][ {tool}]',
  ),
  CROSS_ACCOUNT: pass('A {link} does not cross accounts. Ways to reach {services:few}: {ways}'),
  PAYLOAD_UNKNOWN: pass('The largest payload of {gateway} could not be read.'),
  SEPARATE_VPCS: pass(
    'Services are in {count} VPCs[if serves=region: ; one {link} reaches all VPCs of the region.|if serves=vpc: , and a {link} serves one VPC. VPCs that are connected can share one: write no vpc then.|, and a {link} serves one load balancer, which is in one VPC. VPCs that are connected can share one: write no vpc then.]',
  ),
  SPLIT: pass(
    '{gateway} does not serve WebSocket connections, so the needs are split: {sockets:few} by {other} ({otherTitle}), {services:few} by {option}. The cost, the quotas and the spec are those of both.',
  ),
  PEAKS: pass(
    'Averages are compared with the requests per second of the account ({services:few}); calls beyond them, and bursts of over {burst} requests, get status 429. Write peakRequestsPerSecond to compare peaks.',
  ),
  QUOTA_BY_DEFAULT: pass(
    'First quota you would reach: {quota}: {needed} of {limit}, [{left} left|{missing} too many]. The default[ as of {readOn}], {isAdjustable?adjustable:fixed}{isRead?:; what exists in the account is not counted}.',
  ),
  CEILING: pass([
    'First quota you would reach: {quota}: {needed} of {limit}, [{left} left|{missing} too many]. Read from the account; {isAdjustable?adjustable:fixed}.',
    'At most {most} {most?service:services} {when}: {formula} = {filled}.',
    'At most an unknown number of services {when} ({formula}).',
  ]),
  INDEPENDENT_DEPLOYMENTS: pass([
    'if teams=1: One team: [if eachRoute: each route is published with its own change|a deployment publishes all of an API].',
    'The {teams} teams deploy independently: [if eachRoute: routes are published one by one, and no load balancer is shared|each has an API and load balancers of its own].',
  ]),
  SHARED_DEPLOYMENTS: pass(
    'The {teams} teams do not deploy independently: [one {gateway} has {ofApi} of them, and a deployment publishes all of it{both?; :}][{balancer} serves {ofBalancer} of them].',
  ),
  BLAST_RADIUS: pass(
    'Largest failure: one {gateway} carries {ofApi} of {total} services[, one {balancer} {ofBalancer}], one {link} {ofLink}.',
  ),
  HOPS: pass('{count} {count?hop:hops} behind the link ({hops|none}). No latency of a hop is published: measure it.'),
  COST: pass('USD {usd} a month. {formula}. {without} {pricesOf}'),
  COST_UNKNOWN: pass('Not known: {unknown:;}.[ At least USD {usd} a month. {formula}. {without}] {pricesOf}'),
} satisfies Texts<'pass'>;

/** The first criterion by which an option precedes the next one. */
export const RANKED = {
  RANK: pass([
    'if by=unfit: Rank {rank}: it does not fit.',
    'if by=last: Rank {rank}: it is the only option that is left.',
    'if by=nothing: Rank {rank}: equal to {other} in all that is compared.',
    'if by=unknown: Rank {rank}: whether it fits is unknown, and "{other}" does not fit.',
    'if by=fits: Rank {rank}: it fits, and "{other}" does not.',
    'if by=known: Rank {rank}: it fits, and whether "{other}" fits is unknown.',
    'if by=lacks: Rank {rank}: it lacks less than {other}.',
    'if by=against: Rank {rank}: fewer facts are open ({own}, not {others}) than with {other}.',
    'if by=apart: Rank {rank}: its teams deploy independently, those of {other} do not.',
    'if by=hops: Rank {rank}: a call passes fewer hops ({own}, not {others}) than with {other}.',
    'if by=cost: Rank {rank}: it costs less ({own}) than {other} ({others}).',
    'if by=calls: Rank {rank}: a million calls costs less (USD {own}) than with {other} ({others}).',
    'if by=radius: Rank {rank}: a fault stops fewer services ({own}, not {others}) than with {other}.',
  ]),
} satisfies Texts<'pass'>;

/** The same, as functions of their values. */
export const excluded = statementsOf(EXCLUDED);
export const open = statementsOf(OPEN);
export const noted = statementsOf(NOTED);
export const rankedBy = statementsOf(RANKED);
