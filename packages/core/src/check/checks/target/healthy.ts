import { COUNTED, fail, pass, unknown } from '../../../do/findings/say.js';
import type { GroupTarget, TargetGroup } from '../../../do/model/load-balancer.js';
import type { Found, Missing, RegionIndex } from '../../../do/world/views.js';
import type { Evidence } from '../../../do/findings/finding.js';
import { areInTransition, noMembers, settling } from '../../path/balancers/registrars.js';
import { type NoMembers, remedyByState } from '../../path/reasons/target-health.js';
import { sharesOf } from '../../path/listener-rules/deciding.js';
import { groupsAnswering, whatAnswers } from '../../path/balancers/target-zones.js';
import { causeFor } from '../path/outcomes.js';
import { balancedTargets, type Answered } from '../../path/balancers/balancers.js';
import { deadForwards, DEAD_FORWARDS_CODES } from './dead-forwards.js';
import {
  failsOpen,
  groupEvidence,
  healthMissing,
  nameOfGroup,
  stateOf,
  wordMissing,
} from '../../path/balancers/group-health.js';
import { defineCheck } from '../define-check.js';
import { becauseOf } from '../../path/reasons/reason.js';

export const targetHealthy = defineCheck({
  id: 'target/healthy',
  severity: 'error',
  title: 'The load balancer has a healthy target',
  about:
    'A load balancer without any target returns 503 or drops the connection. If all targets of a group fail ' +
    'their health checks, that is an error: the health check is how the service verifies itself, and targets ' +
    'that do not answer it are not expected to answer calls. `unavailable` means that health checks are ' +
    'disabled, and counts as healthy. `unused` means that the target is in a zone that the load balancer is ' +
    'not in, or in a group that no listener uses. If rules of a listener forward, too, each rule that calls ' +
    'of the integration match needs a healthy target: these calls reach no other target. So does each group ' +
    'that receives a part of the calls by its weight. Rules that no call of the integration matches are not ' +
    'evaluated.',
  codes: {
    ...DEAD_FORWARDS_CODES,
    HEALTH_NOT_READ: unknown('calls reach a healthy target behind {name}'),
    HEALTHY: pass('{name} has a healthy target'),
    GROUP_HEALTH_NOT_READ: unknown('{name} has a healthy target'),
    ANSWERING_UNHEALTHY: fail(
      'no target behind {name} is healthy, although the targets answer: {states:;}[; {open} forwards calls to all of them until one passes its health check]',
      'Change the health check of {groups} to accept the status code that its targets return, or to request a path for which they return an accepted one. The first target that passes receives all calls.',
      'warning',
    ),
    NONE_HEALTHY: fail(
      'no target behind {name} is healthy: {states:;}[; health checks do not reach them: {because}][; {unregistered}][; {open} forwards calls to all of them until one passes its health check]',
      '[{remedy}|Make a target of {groups} pass its health check, or register one that passes it.]',
    ),
    CHECKS_BLOCKED: fail(
      'no target behind {name} is healthy, although calls reach the targets: {states:;}[; health checks do not reach them: {because}][; {open} forwards calls to all of them until one passes its health check]',
      '[{remedy}|Make a target of {groups} pass its health check.]',
      'warning',
    ),
    WEIGHTS_ZERO: fail(
      '{name} forwards calls to no target group: {ids:and} have the weight 0',
      'Set the weight of {ids:or} to a value above 0.',
    ),
  },
  *run(input, say) {
    for (const one of balancedTargets(input)) {
      const { integration, target, about, backend, balancer } = one;
      const { region } = integration.link;
      const found = backend.listener;
      if (found.is !== 'found') continue;

      const name = balancer.name || balancer.id;
      const answered = whatAnswers(input, one, found.value);
      if (!('length' in answered)) {
        yield say.HEALTH_NOT_READ(about, { name }, answered);
        continue;
      }

      const behind = groupsAnswering(one, found.value, answered);
      if (behind.idle !== undefined) {
        const ids = behind.idle.map(nameOfGroup);
        const evidence = behind.idle.map((id): Evidence => ({ kind: 'target group', id, text: 'weight 0' }));
        yield say.WEIGHTS_ZERO(about, { name, ids }, evidence);
        continue;
      }

      let missing: Missing | undefined = behind.missing;
      // Usually the first group has a healthy target, and passes are not listed.
      if (!input.passes && behind.groups.some(({ found: group }) => isWell(group))) {
        yield COUNTED;
        yield* deadForwards(say, input, one, found.value, answered);
        continue;
      }

      let well: TargetGroup | undefined;
      let isAnswering = false;
      let isOpen = false;
      const targets: GroupTarget[] = [];
      let none: NoMembers | undefined;
      const evidence: Evidence[] = [];
      for (const { id, found: group } of behind.groups) {
        if (group.is === 'unknown') missing ??= group.missing;
        else if (group.is === 'absent') evidence.push({ kind: 'target group', id, text: 'does not exist' });
        else {
          const state = stateOf(group.value);
          if (state === 'well') well ??= group.value;
          else if (state === 'unread') missing ??= healthMissing(region, id);
          else if (state === 'unknown') missing ??= wordMissing(id);
          else if (state === 'answering') isAnswering = true;
          else missing ??= settling(region, id, group.value.targets ?? []);
          if (failsOpen(region, group.value.targets ?? [])) isOpen = true;
          targets.push(...(group.value.targets ?? []));
          if (state === 'dead' && areInTransition(group.value.targets ?? [])) none ??= noMembers(region, id);
          if (group.value.targets !== undefined) evidence.push(groupEvidence(group.value));
        }
      }
      if (well !== undefined) {
        yield say.HEALTHY(about, { name }, [groupEvidence(well)]);
        yield* deadForwards(say, input, one, found.value, answered);
        continue;
      }

      if (missing !== undefined) yield say.GROUP_HEALTH_NOT_READ(about, { name }, missing, evidence);
      if (missing !== undefined || evidence.length === 0) continue;

      const states = evidence.map(({ text }) => text);
      const groups = evidence.map(({ id }) => nameOfGroup(id));
      const open = isOpen && name;
      if (isAnswering) {
        yield say.ANSWERING_UNHEALTHY(about, { name, states, isOpen, groups }, { evidence, words: { open } });
        // Calls that no target answers are a separate finding.
        for (const dead of deadForwards(say, input, one, found.value, answered)) {
          if (dead.severity !== 'warning') yield dead;
        }
        continue;
      }

      const { hop: cause, callsArrive = false } = causeFor(input, target) ?? {};
      const because = cause && becauseOf(cause);
      const own = cause?.remedy ?? none?.remedy ?? remedyByState(groups.join(', '), targets);
      const remedy =
        [twinRemedy(region, answered), own].filter((text) => text !== undefined).join(' Or: ') || undefined;
      const verdict = callsArrive ? say.CHECKS_BLOCKED : say.NONE_HEALTHY;
      yield verdict(
        about,
        {
          name,
          states,
          hasCause: cause !== undefined,
          because,
          isOpen,
          remedy,
          groups,
          registrar: none?.registrar,
        },
        {
          evidence:
            cause === undefined ? evidence : [...evidence, { kind: cause.kind, id: cause.id, text: cause.text }],
          words: { unregistered: none?.because, open },
        },
      );
    }
  },
});

/** A group of the same action that has a healthy target and gets no calls needs a share alone: the deployment before left it so. */
function twinRemedy(region: RegionIndex, answered: readonly Answered[]): string | undefined {
  const idle = new Set(answered.flatMap(({ answers }) => answers.flatMap(({ actions }) => sharesOf(actions).idle)));
  const twins = [...idle].filter((id) => isWell(region.find('targetGroups', id))).map(nameOfGroup);
  return twins.length === 0
    ? undefined
    : `Set a weight above 0 for ${twins.join(' or ')}, which has a healthy target and the weight 0.`;
}

function isWell(group: Found<TargetGroup>): boolean {
  return group.is === 'found' && stateOf(group.value) === 'well';
}
