import type { CheckWords } from '../../../findings/statement.js';
import type { GroupTarget } from '../../../model/load-balancer.js';
import type { Told } from '../../../network/step.js';
import { remedyByState } from '../../path/words/remedy-by-state.js';
import { innerOf } from '../../path/words/said.js';
import { deadForwardsSays } from './dead-forwards.words.js';

/** The texts of `target/healthy`. */
export const targetHealthyWords = {
  title: 'The load balancer has a healthy target',
  about:
    'A load balancer without any target returns 503 or drops the connection. If all targets of a group fail their health checks, ' +
    'load balancers of AWS fail open: they forward calls to all of them until one passes. This is still an error: the health check is ' +
    'how the service verifies itself, and targets that do not answer it are not expected to answer calls. If all of them answer ' +
    'with a status code that the health check does not accept (`Target.ResponseCodeMismatch`), calls reach them. ' +
    'This is a warning, and `path/*` passes. CLB of Alibaba Cloud sends no calls to unhealthy backends. ' +
    '`unavailable` means that health checks are disabled, and counts as healthy. `unused` means that the target is in a zone that ' +
    'the load balancer is not in, or in a group that no listener uses. If rules of a listener forward, too, each rule that calls of ' +
    'the integration match needs a healthy target: these calls reach no other target. So does each group that receives a part of the ' +
    'calls by its weight. Rules that no call of the integration matches are not evaluated.',
  sources: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/modify-target-group-health-settings.html',
    'https://www.alibabacloud.com/help/en/slb/classic-load-balancer/user-guide/health-check-overview',
  ],
  says: {
    ...deadForwardsSays,
    HEALTH_NOT_READ: ({ name }: { readonly name: string }) => `calls reach a healthy target behind ${name}`,
    HEALTHY: ({ name }: { readonly name: string }) => `${name} has a healthy target`,
    GROUP_HEALTH_NOT_READ: ({ name }: { readonly name: string }) => `${name} has a healthy target`,
    ANSWERING_UNHEALTHY: ({
      name,
      states,
      isOpen,
      groups,
    }: {
      readonly name: string;
      readonly states: readonly string[];
      readonly isOpen: boolean;
      readonly groups: readonly string[];
    }) => ({
      message: `no target behind ${name} is healthy, although the targets answer: ${states.join('; ')}${isOpen ? `; ${name} forwards calls to all of them until one passes its health check` : ''}`,
      remedy: `Change the health check of ${groups.join(', ')} to accept the status code that its targets return, or to request a path for which they return an accepted one. The first target that passes receives all calls.`,
    }),
    NONE_HEALTHY: ({
      name,
      states,
      cause,
      isOpen,
      targets,
      groups,
    }: {
      readonly name: string;
      readonly states: readonly string[];
      /** What blocks health checks. */
      readonly cause?: Told | undefined;
      readonly isOpen: boolean;
      readonly targets: readonly GroupTarget[];
      readonly groups: readonly string[];
    }) => {
      const blocked = cause && innerOf(cause);
      const because = blocked?.because;
      const remedy = blocked?.remedy ?? remedyByState(groups.join(', '), targets);
      return {
        message: `no target behind ${name} is healthy: ${states.join('; ')}${because === undefined ? '' : `; health checks do not reach them: ${because}`}${isOpen ? `; ${name} forwards calls to all of them until one passes its health check` : ''}`,
        remedy:
          remedy ?? `Make a target of ${groups.join(', ')} pass its health check, or register one that passes it.`,
        params: { name, states, hasCause: cause !== undefined, because, isOpen, remedy, groups },
      };
    },
    WEIGHTS_ZERO: ({ name, ids }: { readonly name: string; readonly ids: readonly string[] }) => ({
      message: `${name} forwards calls to no target group: ${ids.join(' and ')} have the weight 0`,
      remedy: `Set the weight of ${ids.join(' or ')} to a value above 0.`,
    }),
  },
} satisfies CheckWords;
