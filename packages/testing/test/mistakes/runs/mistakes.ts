import type { EventKind } from '../../../src/harness/index.js';
import type { Mistake } from '../../mutated.js';

/** A mistake, and the scenario whose trials show it. */
export interface RunMistake extends Mistake {
  readonly what: string;
  readonly scenario: string;
  /** The events that show it; without them events by chance. */
  readonly events?: readonly EventKind[] | undefined;
}

const core = (name: string): string => `core/src/${name}`;
const aws = (name: string): string => `aws/src/${name}`;
const alibaba = (name: string): string => `alibaba/src/${name}`;

/** Creating once, steps and waits. */
const APPLY: readonly RunMistake[] = [
  {
    what: 'a create whose answer was lost is sent again',
    scenario: 'aws: create',
    events: ['lists-lag', 'error-after'],
    file: core('apply/creation.ts'),
    from: "unsure: outcomeUnknown === true || code === 'CLOUD_FAILED' || (status ?? 0) >= 500,",
    to: 'unsure: false,',
  },
  {
    what: 'a create that was throttled after its effect is sent again without a look',
    scenario: 'aws: create',
    events: ['lists-lag', 'throttle-after'],
    file: core('apply/creation.ts'),
    from: "if (refusal.unsure || refusal.code === 'THROTTLED') {",
    to: 'if (refusal.unsure) {',
  },
  {
    what: 'a create is sent without a look before it',
    scenario: 'aws: create',
    events: ['kill-after'],
    file: core('apply/create-in-steps.ts'),
    from: 'if (found !== undefined) return { ok: true, value: found };',
    to: "if (found !== undefined && ask.do === 'look') return { ok: true, value: found };",
  },
  {
    what: 'a step that a killed run began counts as not begun',
    scenario: 'aws: create',
    events: ['lists-lag', 'kill-after'],
    file: core('apply/create-in-steps.ts'),
    from: "const mayBeThere = ask.do === 'look' || again;",
    to: "const mayBeThere = ask.do === 'look';",
  },
  {
    what: 'a second instance is bought where the journal was lost and the list is old',
    scenario: 'alibaba: create',
    events: ['lists-lag', 'kill-and-lose'],
    file: core('apply/units/link-unit.ts'),
    from: '...lookFirst(step, tools, kind, traits.linksCostMoney),',
    to: '...lookFirst(step, tools, kind, false),',
  },
  {
    what: 'calls that create are retried below the look',
    scenario: 'aws: create',
    events: ['error-after'],
    file: core('calls/call.ts'),
    from: "if (kind === 'create' || !failed.retryable) throw failed;",
    to: 'if (!failed.retryable) throw failed;',
  },
  {
    what: 'a link that is being created counts as ready',
    scenario: 'aws: create',
    file: core('apply/link-watch.ts'),
    from: "if (state === 'ready' || state === 'inactive')",
    to: "if (state === 'ready' || state === 'inactive' || state === 'pending')",
  },
  {
    what: 'a link that lists do not show any more counts as ready',
    scenario: 'aws: create',
    file: core('apply/link-watch.ts'),
    from: "if (state === 'ready' || state === 'inactive')",
    to: "if (state === 'ready' || state === 'inactive' || state === 'gone')",
  },
  {
    what: 'of two links made at once, the younger one is kept',
    scenario: 'aws: create',
    events: ['twin'],
    file: core('apply/units/second-look.ts'),
    from: 'return key(a) < key(b) ? -1 : 1;',
    to: 'return key(a) < key(b) ? 1 : -1;',
  },
  {
    what: 'of two links made at once, that of the other run is deleted',
    scenario: 'aws: create',
    events: ['twin'],
    file: core('apply/units/second-look.ts'),
    from: 'await driver.links.delete(link, ctx)',
    to: 'await driver.links.delete(stays, ctx)',
  },
  {
    what: 'a link that lost its mark since the plan is deleted',
    scenario: 'aws: replace a link',
    events: ['edit:unmark-link'],
    file: core('apply/units/link-unit.ts'),
    from: 'if (!isOurs(link, input.owner.project) || !mayChange(link.owner, input.owner)) throw',
    to: 'if (link.id === undefined) throw',
  },
  {
    what: 'units go on although one that they need has failed',
    scenario: 'aws: replace a link',
    events: ['deny'],
    file: core('apply/units/performers.ts'),
    from: 'if (before.some(({ failed, skipped }) => failed > 0 || skipped > 0)) {',
    to: 'if (before.some(({ failed, skipped }) => failed + skipped < 0)) {',
  },
  {
    what: 'steps of a link go on after one that has failed',
    scenario: 'alibaba: allowlist',
    events: ['deny'],
    file: core('apply/units/unit-tools.ts'),
    from: 'readonly Step[]) => boolean = () => false,',
    to: 'readonly Step[]) => boolean = () => true,',
  },
  {
    what: 'a route of another project is taken over',
    scenario: 'aws: create',
    events: ['rival'],
    file: core('apply/units/write-route.ts'),
    from: 'if (!mayChange(found.owner, owner)) throw alreadyThere(request);',
    to: '',
  },
  {
    what: 'a route that another run made for another target counts as done',
    scenario: 'aws: change a target',
    file: core('apply/units/write-route.ts'),
    from: 'if (differs !== true) return',
    to: 'if (differs !== undefined || routeId !== undefined) return',
  },
  {
    what: 'a unit does not wait for those that it depends on',
    scenario: 'aws: replace a link',
    file: core('apply/units/performers.ts'),
    from: 'for (const id of unit.dependsOn) before.push(await run.result(id));',
    to: "for (const id of unit.dependsOn) if (unit.kind !== 'link-removal') before.push(await run.result(id));",
  },
];

/** The journal, and what others read. */
const JOURNAL: readonly RunMistake[] = [
  {
    what: 'a step has no record before it',
    scenario: 'aws: create',
    file: core('apply/local-run.ts'),
    from: "await write({ type: 'before', ...of });",
    to: '',
  },
  {
    what: 'a step is recorded as begun after its effect',
    scenario: 'aws: create',
    file: core('apply/local-run.ts'),
    from: "await write({ type: 'before', ...of });",
    to: "void effect; if (part !== undefined) await write({ type: 'before', ...of });",
  },
  {
    what: 'a step that failed with an unknown outcome counts as ended',
    scenario: 'aws: create',
    events: ['lists-lag', 'lost'],
    file: core('apply/interrupted.ts'),
    from: "(type === 'failed' && !isUnknown(value))",
    to: "type === 'failed'",
  },
  {
    what: 'steps of earlier runs are forgotten at once',
    scenario: 'aws: create',
    events: ['lists-lag', 'kill-after'],
    file: core('apply/interrupted.ts'),
    from: 'const LONGEST_STEP_MS = 3_600_000;',
    to: 'const LONGEST_STEP_MS = -1;',
  },
  {
    what: 'an error in the journal has the headers of its request',
    scenario: 'aws: create',
    events: ['deny'],
    file: core('apply/outcome.ts'),
    from: 'code,\n    message,\n    ...(remedy',
    to: 'code,\n    message: `${message} ${JSON.stringify(error.cause)}`,\n    ...(remedy',
  },
];

/** The plan. */
const PLAN: readonly RunMistake[] = [
  {
    what: 'a link is deleted before its routes have left',
    scenario: 'aws: replace a link',
    file: core('plan/removal/remove-links.ts'),
    from: 'users.push(...user.after);',
    to: '',
  },
  {
    what: 'a manually deployed stage counts as one that uses no old link',
    scenario: 'aws: replace with a manual deployment',
    file: core('plan/links/link-users.ts'),
    from: 'if (autoDeploy) return [];',
    to: 'return [];',
  },
  {
    what: 'what is declared is deleted',
    scenario: 'aws: add a route',
    file: core('plan/removal/leftovers.ts'),
    from: 'if (owner === undefined || declared.has(route.key) || !may(owner, route)) return [];',
    to: 'if (owner === undefined || !may(owner, route)) return [];',
  },
  {
    what: 'what is not declared any more stays',
    scenario: 'aws: remove an integration',
    file: core('plan/removal/leftovers.ts'),
    from: 'if (owner === undefined || declared.has(route.key) || !may(owner, route)) return [];',
    to: 'if (owner !== undefined || declared.has(route.key)) return [];',
  },
  {
    what: 'a changed target is not noticed',
    scenario: 'aws: change a target',
    file: core('plan/plan-integration.ts'),
    from: 'if (changes.length === 0) {',
    to: 'if (changes.length >= 0) {',
  },
  {
    what: 'entries that are not declared stay in an allowlist',
    scenario: 'aws: narrow an allowlist',
    file: core('plan/links/keep-link.ts'),
    from: 'const later = extra.filter((entry) => !first.includes(entry));',
    to: 'const later = extra.filter(() => false);',
  },
  {
    what: 'changed tags are not noticed',
    scenario: 'aws: tags of a link',
    file: core('plan/links/link-marks.ts'),
    from: '.filter(([key, value]) => tagOf(link, key) !== value);\n  const marked',
    to: '.filter(() => false);\n  const marked',
  },
  {
    what: 'an undeclared resource of others is deleted',
    scenario: 'aws: create',
    file: core('model/ownership.ts'),
    from: "return ownership === 'own' || (ownership === 'unassigned' && by.prune === true);",
    to: "return ownership !== 'unassigned';",
  },
  {
    what: 'routes of another project are changed',
    scenario: 'aws: create',
    events: ['rival'],
    file: core('model/marks.ts'),
    from: 'if (mark === undefined || !mayChange(mark, owner)) return false;\n  return',
    to: 'if (mark === undefined) return false;\n  return',
  },
  {
    what: 'a link whose mark was copied counts as own',
    scenario: 'aws: create',
    events: ['edit:forge-mark'],
    file: core('world/resolve/link-identity.ts'),
    from: 'return owner?.project === project && hasHashOf(owner, link);',
    to: 'return owner?.project === project;',
  },
  {
    what: 'the old link is found where the new one is looked for',
    scenario: 'aws: replace a link',
    file: core('world/resolve/link-identity.ts'),
    from: 'return mark.specHash === wanted.specHash && (!isShown || hasHashOf(mark, link));',
    to: 'return isShown || mark.specHash === wanted.specHash;',
  },
  {
    what: 'a deletion goes on although the users of a link could not be read',
    scenario: 'aws: replace a link',
    events: ['deny'],
    file: core('plan/removal/remove-links.ts'),
    from: 'if (unread !== undefined) return `link ${link.id} is kept: ${unread}, and may use it`;',
    to: '',
  },
  {
    what: 'an adopted link is deleted',
    scenario: 'aws: adopt a link',
    file: core('plan/links/link-marks.ts'),
    from: "return tagOf(link, ADOPTED_TAG) === 'true';",
    to: "return tagOf(link, ADOPTED_TAG) === 'false';",
  },
];

/** The adapter of AWS. */
const AWS: readonly RunMistake[] = [
  {
    what: 'aws: a link is created without its mark',
    scenario: 'aws: create',
    file: aws('link/vpc-link.ts'),
    from: 'Tags: { ...request.tags, ...ownerTags(request.owner) },',
    to: 'Tags: Object.fromEntries(Object.entries({ ...request.tags, ...ownerTags(request.owner) }).slice(0, 1)),',
  },
  {
    what: 'aws: only the first page of a list is read',
    scenario: 'aws: two integrations',
    events: ['small-pages'],
    file: aws('client/list-all.ts'),
    from: 'next: page[answered] as string | undefined,',
    to: 'next: undefined,',
  },
  {
    what: 'aws: a group is created for each try',
    scenario: 'aws: allowlist',
    events: ['kill-after'],
    file: aws('link/allowlist-group.ts'),
    from: 'find: async () => (await ownedGroups(session, ctx, owner, networkId))[0],',
    to: 'find: () => Promise.resolve(undefined),',
  },
  {
    what: 'aws: the rule to everywhere stays in a new group',
    scenario: 'aws: allowlist',
    file: aws('link/allowlist.ts'),
    from: 'await dropDefaultRule(session, group, entries, ctx);',
    to: '',
  },
  {
    what: 'aws: a route that was pointed elsewhere by hand is changed',
    scenario: 'aws: change a target',
    events: ['edit:repoint-route'],
    file: aws('gateway/route.ts'),
    from: 'if (ownerOfIntegration(gatewayId, integration)?.project !== owner.project)',
    to: "if (owner.project === '')",
  },
  {
    what: 'aws: an integration in use by others is deleted with a route',
    scenario: 'aws: remove an integration',
    file: aws('gateway/route.ts'),
    from: 'if (used) await unnameRoute(session, apiId, integration, key, ctx);',
    to: 'if (used && integrationId === undefined) await unnameRoute(session, apiId, integration, key, ctx);',
  },
  {
    what: 'aws: integrations without a route stay',
    scenario: 'aws: change a target',
    file: aws('gateway/route.ts'),
    from: 'used.has(id) || owner === undefined || !isOurs(owner, id)) continue;',
    to: 'id !== undefined) continue;',
  },
  {
    what: 'aws: a deployment of a REST API is made before its routes',
    scenario: 'aws: REST API: replace a link',
    file: aws('rest-api/write/deploy.ts'),
    from: 'if (isTagged(stage, mark)) return { id: stage.deploymentId };',
    to: 'if (stage.deploymentId !== undefined) return { id: stage.deploymentId };',
  },
  {
    what: 'aws: a method of a REST API keeps its old link',
    scenario: 'aws: REST API: replace a link',
    file: aws('rest-api/write/put-integration.ts'),
    from: 'if (patchOperations.length === 0) return is;',
    to: 'if (patchOperations.length >= 0) return is;',
  },
  {
    what: 'aws: paths of a REST API stay after their last method',
    scenario: 'aws: REST API',
    file: aws('rest-api/write/prune-resources.ts'),
    from: 'if (created.length === 0) return;',
    to: 'if (created.length >= 0) return;',
  },
];

/** The adapter of Alibaba Cloud. */
const ALIBABA: readonly RunMistake[] = [
  {
    what: 'alibaba: an API of another project is taken over',
    scenario: 'alibaba: create',
    events: ['rival'],
    file: alibaba('gateway/route.ts'),
    from: 'if (there !== undefined && !sameOwner(there.owner, owner)) throw alreadyThere(gatewayId, key);',
    to: '',
  },
  {
    what: 'alibaba: an API is not published again after a change',
    scenario: 'alibaba: change a target',
    file: alibaba('gateway/route.ts'),
    from: 'if (shown.get(apiId) === Description) continue;',
    to: 'if (shown.has(apiId)) continue;',
  },
  {
    what: 'alibaba: only the first stage is published',
    scenario: 'alibaba: one stage, then two',
    file: alibaba('gateway/route.ts'),
    from: 'for (const stage of stages) {',
    to: 'for (const stage of stages.slice(0, 1)) {',
  },
  {
    what: 'alibaba: an API that a list does not show counts as deleted',
    scenario: 'alibaba: remove a route',
    file: alibaba('gateway/route.ts'),
    from: '(await listed(session, groupId, key, ctx)) ?? (await listed(session, groupId, key, ctx));',
    to: '(await listed(session, groupId, key, ctx));',
  },
  {
    what: 'alibaba: an authorization that APIs use is removed',
    scenario: 'alibaba: change a target',
    file: alibaba('target/vpc-access.ts'),
    from: 'if (users.length > 0) {',
    to: 'if (users.length > 1_000) {',
  },
  {
    what: 'alibaba: a group is taken to the instance without a look at others',
    scenario: 'alibaba: create',
    events: ['rival'],
    file: alibaba('gateway/route.ts'),
    from: 'const others = apis.filter((api) => api.stages.length > 0 && !mayChange(api.owner, owner));',
    to: 'const others = apis.filter(() => false);',
  },
  {
    what: 'alibaba: a write restores a mark that was removed',
    scenario: 'alibaba: change a target',
    file: alibaba('gateway/route.ts'),
    from: 'if (there.owner?.project !== request.owner.project) throw',
    to: "if (request.owner.project === '') throw",
  },
];

/** Mistakes in what creates, changes and deletes: each must violate an invariant of the harness. */
export const RUN_MISTAKES: readonly RunMistake[] = [...APPLY, ...JOURNAL, ...PLAN, ...AWS, ...ALIBABA];
