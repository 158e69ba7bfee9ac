import { HANDOVER } from './handover-mistakes.js';
import { MOVES } from './move-mistakes.js';
import type { RunMistake } from './run-mistake.js';

const core = (name: string): string => `core/src/${name}`;
const aws = (name: string): string => `aws/src/${name}`;
const alibaba = (name: string): string => `alibaba/src/${name}`;

/** Creating once, steps and waits. */
const APPLY: readonly RunMistake[] = [
  {
    what: 'after a killed create one look decides',
    scenario: 'aws: create',
    events: ['lists-lag', 'kill-after'],
    file: core('do/apply/creation.ts'),
    from: 'const forMs = Math.max(lookMs, stalenessMs);',
    to: 'const forMs = lookMs;',
  },
  {
    what: 'a create whose answer was lost is sent again',
    scenario: 'aws: create',
    events: ['lists-lag', 'error-after'],
    file: core('do/apply/creation.ts'),
    from: "unsure: outcomeUnknown === true || code === 'CLOUD_FAILED' || (status ?? 0) >= 500,",
    to: 'unsure: false,',
  },
  {
    what: 'a create that was throttled after its effect is sent again without a look',
    scenario: 'aws: create',
    events: ['lists-lag', 'throttle-after'],
    file: core('do/apply/creation.ts'),
    from: "if (refusal.unsure || refusal.code === 'THROTTLED') {",
    to: 'if (refusal.unsure) {',
  },
  {
    what: 'a step that a killed run began counts as not begun',
    scenario: 'aws: create',
    events: ['lists-lag', 'kill-after'],
    file: core('do/apply/create-in-steps.ts'),
    from: 'if (again && !isUnique) return notListed(what);',
    to: '',
  },
  {
    what: 'calls that create are retried below the look',
    scenario: 'aws: create',
    events: ['error-after'],
    file: core('ground/calls/call.ts'),
    from: "if (kind === 'create' || !failed.retryable) throw failed;",
    to: 'if (!failed.retryable) throw failed;',
  },
  {
    what: 'a link that is being created counts as ready',
    scenario: 'aws: create',
    file: core('do/apply/link-waits.ts'),
    from: "if (state === 'ready' || state === 'inactive')",
    to: "if (state === 'ready' || state === 'inactive' || state === 'pending')",
  },
  {
    what: 'units go on although one that they need has failed',
    scenario: 'aws: replace a link',
    events: ['deny'],
    file: core('do/apply/execute-unit.ts'),
    from: 'if (before.some(({ failed, skipped }) => failed > 0 || skipped > 0)) {',
    to: 'if (before.some(({ failed, skipped }) => failed + skipped < 0)) {',
  },
  {
    what: 'lists show at once what a killed run has recorded as created',
    scenario: 'aws: create',
    events: ['lists-lag', 'kill-after'],
    recorded: true,
    file: core('do/apply/outcome.ts'),
    from: 'return new Set([...open, ...unseenSteps(records, now, ended)].map(stepKey));',
    to: 'return new Set(open.map(stepKey));',
  },
  {
    what: 'a unit does not wait for those that it depends on',
    scenario: 'aws: manual deployment',
    file: core('do/apply/execute-unit.ts'),
    from: 'for (const id of unit.dependsOn) before.push(await run.result(id));',
    to: "for (const id of unit.dependsOn) if (unit.kind !== 'gateway') before.push(await run.result(id));",
  },
];

/** The journal, and what others read. */
const JOURNAL: readonly RunMistake[] = [
  {
    what: 'a step has no record before it',
    scenario: 'aws: create',
    file: core('do/apply/local-run.ts'),
    from: "await write({ type: 'before', ...of });",
    to: '',
  },
  {
    what: 'a step is recorded as begun after its effect',
    scenario: 'aws: create',
    file: core('do/apply/local-run.ts'),
    from: "await write({ type: 'before', ...of });",
    to: "void effect; if (part !== undefined) await write({ type: 'before', ...of });",
  },
  {
    what: 'steps of earlier runs are forgotten at once',
    scenario: 'aws: create',
    events: ['lists-lag', 'kill-after'],
    file: core('do/apply/outcome.ts'),
    from: 'const LONGEST_STEP_MS = 3_600_000;',
    to: 'const LONGEST_STEP_MS = -1;',
  },
  {
    what: 'an error in the journal has the headers of its request',
    scenario: 'aws: create',
    events: ['deny'],
    file: core('do/apply/outcome.ts'),
    from: 'code,\n    message,\n    ...defined({ remedy',
    to: 'code,\n    message: `${message} ${JSON.stringify(error.cause)}`,\n    ...defined({ remedy',
  },
];

const PLAN: readonly RunMistake[] = [
  {
    what: 'a link in other subnets counts as the same',
    scenario: 'aws: replace a link',
    file: core('do/world/resolve/own-link.ts'),
    from: 'if (subnets !== undefined && !mayBe(subnets, one.subnetIds)) return false;',
    to: '',
  },
  {
    what: 'a changed name of a link is not noticed',
    scenario: 'aws: tags of a link',
    file: core('do/plan/links/keep-link.ts'),
    from: 'if (wantedName !== link.name) {',
    to: "if (wantedName === '') {",
  },
  {
    what: 'a manually deployed stage counts as one that uses no old link',
    scenario: 'aws: replace with a manual deployment',
    events: ['deny'],
    file: core('do/plan/links/link-users.ts'),
    from: 'if (autoDeploy) return [];',
    to: 'return [];',
  },
  {
    what: 'what is declared is deleted',
    scenario: 'aws: add a route',
    file: core('do/plan/removal/undeclared-routes.ts'),
    from: 'if (owner === undefined || declared.has(route.key) || !may(owner, route)) return [];',
    to: 'if (owner === undefined || !may(owner, route)) return [];',
  },
  {
    what: 'what is not declared any more stays',
    scenario: 'aws: remove an integration',
    file: core('do/plan/removal/undeclared-routes.ts'),
    from: 'if (owner === undefined || declared.has(route.key) || !may(owner, route)) return [];',
    to: 'if (owner !== undefined || declared.has(route.key)) return [];',
  },
  {
    what: 'a changed target is not noticed',
    scenario: 'aws: change a target',
    file: core('do/plan/plan-integration.ts'),
    from: 'if (changes.length === 0) {',
    to: 'if (changes.length >= 0) {',
  },
  {
    what: 'entries that are not declared stay in an allowlist',
    scenario: 'aws: narrow an allowlist',
    file: core('do/plan/links/keep-link.ts'),
    from: 'const later = extra.filter((entry) => !first.includes(entry));',
    to: 'const later = extra.filter(() => false);',
  },
  {
    what: 'changed tags are not noticed',
    scenario: 'aws: tags of a link',
    file: core('do/plan/links/make-link.ts'),
    from: '.filter(([key, value]) => tagOf(link, key) !== value);\n  const isOwn',
    to: '.filter(() => false);\n  const isOwn',
  },
  {
    what: 'a link whose mark was copied counts as own',
    scenario: 'aws: create',
    events: ['edit:forge-mark'],
    file: core('do/world/resolve/link-identity.ts'),
    from: 'return owner?.project === project && hasHashOf(owner, link);',
    to: 'return owner?.project === project;',
    also: {
      file: core('do/plan/removal/remove-links.ts'),
      from: "if (link.state !== 'deleting' && !isNamedByPostern(region, link, names)) {",
      to: "if (link.state !== 'deleting' && !isNamedByPostern(region, link, [link.name])) {",
    },
  },
  {
    what: 'the old link is found where the new one is looked for',
    scenario: 'aws: replace a link',
    file: core('do/world/resolve/link-identity.ts'),
    from: 'return mark.specHash === wanted.specHash && (!isShown || hasHashOf(mark, link));',
    to: 'return isShown || mark.specHash === wanted.specHash;',
    also: {
      file: core('do/apply/units/link-unit.ts'),
      from: "return except.includes(id) || state === 'deleting';",
      to: "return except.length < 0 || id === '' || state === 'deleting';",
    },
  },
  {
    what: 'an adopted link is deleted',
    scenario: 'aws: adopt a link',
    file: core('do/plan/destroy.ts'),
    from: 'const wasAdopted = named.has(link.id) || isAdopted(link);',
    to: 'const wasAdopted = false;',
  },
];

/** The adapter of AWS. */
const AWS: readonly RunMistake[] = [
  {
    what: 'aws: a link gets another name than the declared one',
    scenario: 'aws: tags of a link',
    file: aws('vpc-links/vpc-link.ts'),
    from: "'UpdateVpcLink', { VpcLinkId: id, Name: name }",
    to: "'UpdateVpcLink', { VpcLinkId: id, Name: id }",
  },
  {
    what: 'aws: a link is created without its first security group',
    scenario: 'aws: create',
    file: aws('vpc-links/vpc-link.ts'),
    from: 'SecurityGroupIds: [...request.securityGroupIds],',
    to: 'SecurityGroupIds: request.securityGroupIds.slice(1),',
  },
  {
    what: 'aws: tags of a link are not written',
    scenario: 'aws: tags of a link',
    file: aws('vpc-links/vpc-link.ts'),
    from: 'if (Object.keys(tags).length === 0) return;',
    to: 'if (Object.keys(tags).length >= 0) return;',
  },
  {
    what: 'aws: entries of an allowlist are not added',
    scenario: 'aws: widen an allowlist',
    file: aws('vpc-links/allowlist.ts'),
    from: `await authorizeRules(session, 'Egress', groupId, permissionsOf(entries, owner), ctx);
    },
    revoke`,
    to: '},\n    revoke',
  },
  {
    what: 'aws: entries of an allowlist are not revoked',
    scenario: 'aws: narrow an allowlist',
    file: aws('vpc-links/allowlist.ts'),
    from: `await revokeRules(session, 'Egress', ownGroup(list), permissionsOf(entries, owner), ctx);`,
    to: 'void [list, owner, entries];',
  },
  {
    what: 'aws: a link is created without its mark',
    scenario: 'aws: create',
    file: aws('vpc-links/vpc-link.ts'),
    from: 'Tags: { ...request.tags, ...ownerTags(request.owner) },',
    to: 'Tags: Object.fromEntries(Object.entries({ ...request.tags, ...ownerTags(request.owner) }).slice(0, 1)),',
  },
  {
    what: 'aws: a group is created for each try',
    scenario: 'aws: allowlist',
    events: ['kill-after'],
    file: aws('vpc-links/allowlist-group.ts'),
    from: 'find: async () => (await ownedGroups(session, ctx, owner, networkId))[0],',
    to: 'find: () => Promise.resolve(undefined),',
  },
  {
    what: 'aws: a route stays on its former integration',
    scenario: 'aws: change a target',
    file: aws('http-apis/route.ts'),
    from: 'const changes = routeChanges(before, { ...declared, ...mark, Target: `integrations/${one.id}` });',
    to: 'const changes = {};',
  },
  {
    what: 'aws: integrations without a route stay',
    scenario: 'aws: change a target',
    file: aws('http-apis/route-integration.ts'),
    from: 'if (await deleteIntegration(session, apiId, led.IntegrationId, ctx)) continue;',
    to: '',
  },
  {
    what: 'aws: a deployment of a REST API is made before its routes',
    scenario: 'aws: REST API: replace a link',
    file: aws('rest-apis/write/stage/deploy.ts'),
    from: 'if (stage.deploymentId !== undefined && isTagged(stage, mark)) return { id: stage.deploymentId };',
    to: 'if (stage.deploymentId !== undefined) return { id: stage.deploymentId };',
  },
  {
    what: 'aws: a method of a REST API keeps its old link',
    scenario: 'aws: REST API: replace a link',
    file: aws('rest-apis/write/method/update-method.ts'),
    from: 'if (patchOperations.length === 0) return is;',
    to: 'if (patchOperations.length >= 0) return is;',
  },
];

/** The adapter of Alibaba Cloud. */
const ALIBABA: readonly RunMistake[] = [
  {
    what: 'alibaba: an authorization is created without its mark',
    scenario: 'alibaba: create',
    file: alibaba('traditional/instances/vpc-access.ts'),
    from: 'Port: port, Description: formatMark(owner) };',
    to: "Port: port, Description: '' };",
  },
  {
    what: 'alibaba: a group stays on its former instance',
    scenario: 'alibaba: create',
    file: alibaba('traditional/groups/route.ts'),
    from: 'await moveGroup(session, group, linkId, ctx);',
    to: '',
  },
  {
    what: 'alibaba: an API is deleted while a stage has it',
    scenario: 'alibaba: remove a route',
    file: alibaba('traditional/groups/route.ts'),
    from: 'for (const StageName of existing.stages) {',
    to: 'for (const StageName of existing.stages.slice(1)) {',
  },
  {
    what: 'alibaba: an API is not published again after a change',
    scenario: 'alibaba: change a target',
    file: alibaba('traditional/groups/write-api.ts'),
    from: 'if (shown?.description === definition.Description && !isBefore(shown.deployedTime, draft?.ModifiedTime)) continue;',
    to: 'if ((await listPublished(session, gatewayId, stage, ctx, apiId)).has(apiId)) continue;',
  },
  {
    what: 'alibaba: only the first stage is published',
    scenario: 'alibaba: one stage, then two',
    file: alibaba('traditional/groups/write-api.ts'),
    from: 'for (const stage of stages) {',
    to: 'for (const stage of stages.slice(0, 1)) {',
  },
];

/** Mistakes in what creates, changes and deletes: each must violate an invariant of the harness. */
export const RUN_MISTAKES: readonly RunMistake[] = [
  ...APPLY,
  ...JOURNAL,
  ...PLAN,
  ...AWS,
  ...ALIBABA,
  ...MOVES,
  ...HANDOVER,
];
