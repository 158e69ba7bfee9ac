import type { GroupTarget, TargetGroup } from '../../model/load-balancer.js';
import type { Missing } from '../../world/views.js';
import type { Check, Outcome } from '../../findings/check.js';
import type { Evidence } from '../../findings/finding.js';
import { answersIn, whatAnswers } from '../../network/listener-rules/what-answers.js';
import { causeFor } from '../../network/ways/outcomes.js';
import { aboutTarget } from '../../findings/about.js';
import { groupsBehind, listenerOf } from '../../network/balancers/backend.js';
import { fails, holds, PASS, unsure } from '../../findings/outcome.js';
import { balancedTargets } from '../../network/balancers/balancers.js';
import { deadForwards } from './dead-forwards.js';
import { failsOpen } from '../../network/balancers/fail-open.js';
import {
  groupEvidence,
  healthMissing,
  nameOfGroup,
  remedyByState,
  stateOf,
  wordMissing,
} from '../../network/balancers/group-health.js';

/** `target/healthy`. */
export const targetHealthy: Check = {
  id: 'target/healthy',
  title: 'The load balancer has a healthy target',
  severity: 'error',
  about:
    'Without any target behind it a load balancer answers 503, or drops the connection. Where all targets of a group fail their health ' +
    'checks, load balancers of AWS fail open: they hand calls to all of them, until one passes. That is an error nevertheless, as the health ' +
    "check is the service's own verification, and targets that do not answer it are not expected to answer calls. Where all of them did answer, with a " +
    'status code that the health check does not take (`Target.ResponseCodeMismatch`), calls get through: then it is a warning, and `path/*` passes. ' +
    'CLB of Alibaba Cloud sends nothing to sick backends. `unavailable` means that health ' +
    'checks are switched off, and counts as healthy; `unused` means that the target is in a zone where the load balancer does not ' +
    'stand, or in a group that no listener uses. Where rules of a listener forward as well, each that calls of the integration fit needs a ' +
    'healthy target: those calls meet no other, however well those are. So does each group that gets a part of the calls by its weight. Rules that ' +
    'none of them fits are not looked at.',
  sources: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/modify-target-group-health-settings.html',
    'https://www.alibabacloud.com/help/en/slb/classic-load-balancer/user-guide/health-check-overview',
  ],
  *run(input) {
    for (const { integration, target, backend, balancer } of balancedTargets(input)) {
      const { region } = integration.link;
      const found = listenerOf(region, target, backend);
      if (found.is !== 'found') continue;
      const about = aboutTarget(integration, target);
      const name = balancer.name || balancer.id;
      const whether = `${name} has a healthy target`;
      const answered = whatAnswers(input, integration, target, balancer, found.value);
      if (!('length' in answered)) {
        yield unsure(about, `calls meet a healthy target behind ${name}`, answered);
        continue;
      }
      const behind = groupsBehind(region, found.value, answersIn(answered));
      if (behind.idle !== undefined) {
        yield allIdle(about, name, behind.idle);
        continue;
      }
      let missing: Missing | undefined = behind.missing;
      // Mostly the first group has one, and nobody reads about it.
      if (!input.passes && behind.groups.some(([, group]) => group.is === 'found' && stateOf(group.value) === 'well')) {
        yield PASS;
        yield* deadForwards({ integration, target, balancer }, found.value, answered);
        continue;
      }
      let well: TargetGroup | undefined;
      let isAnswering = false;
      let isOpen = false;
      const targets: GroupTarget[] = [];
      const evidence: Evidence[] = [];
      for (const [id, group] of behind.groups) {
        if (group.is === 'unknown') missing ??= group.missing;
        else if (group.is === 'absent') evidence.push({ kind: 'target group', id, text: 'does not exist' });
        else {
          const state = stateOf(group.value);
          if (state === 'well') well ??= group.value;
          else if (state === 'unread') missing ??= healthMissing(region, id);
          else if (state === 'unknown') missing ??= wordMissing(id);
          else if (state === 'answering') isAnswering = true;
          if (failsOpen(region, group.value.targets ?? [])) isOpen = true;
          targets.push(...(group.value.targets ?? []));
          if (group.value.targets !== undefined) evidence.push(groupEvidence(group.value));
        }
      }
      if (well !== undefined) {
        const group = well;
        yield holds(input, about, () => ({
          message: `${name} has a healthy target`,
          evidence: [groupEvidence(group)],
        }));
        yield* deadForwards({ integration, target, balancer }, found.value, answered);
      } else if (missing !== undefined) yield unsure(about, whether, missing, { evidence });
      else if (evidence.length > 0) {
        const ids = evidence.map(({ id }) => nameOfGroup(id)).join(', ');
        const texts = evidence.map(({ text }) => text).join('; ');
        const open = isOpen ? `; ${name} hands calls to them all the same, until one passes its health check` : '';
        if (isAnswering) {
          yield fails(about, {
            message: `no target behind ${name} is healthy, although they answer: ${texts}${open}`,
            evidence,
            remedy: `Let the health check of ${ids} take the status code that its targets answer with, or ask for a path that they answer as it wants: the first target that passes gets all calls.`,
            severity: 'warning',
          });
          // Calls that meet nobody who answers are another matter.
          for (const one of deadForwards({ integration, target, balancer }, found.value, answered)) {
            if (one.severity !== 'warning') yield one;
          }
        } else {
          const cause = causeFor(input, target);
          const stopped = cause === undefined ? '' : `; health checks do not get there: ${cause.because ?? cause.text}`;
          yield fails(about, {
            message: `no target behind ${name} is healthy: ${texts}${stopped}${open}`,
            evidence:
              cause === undefined ? evidence : [...evidence, { kind: cause.kind, id: cause.id, text: cause.text }],
            remedy:
              cause?.remedy ??
              remedyByState(ids, targets) ??
              `Make a target of ${ids} answer its health check, or register one that does.`,
          });
        }
      }
    }
  },
};

function allIdle(about: ReturnType<typeof aboutTarget>, name: string, ids: readonly string[]): Outcome {
  const names = ids.map(nameOfGroup).join(' and ');
  return fails(about, {
    message: `${name} hands calls to nobody: ${names} have the weight 0`,
    evidence: ids.map((id): Evidence => ({ kind: 'target group', id, text: 'weight 0' })),
    remedy: `Give a weight to one of ${names}.`,
  });
}
