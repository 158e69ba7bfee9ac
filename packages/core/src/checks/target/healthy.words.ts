import type { CheckWords } from '../../findings/statement.js';
import { deadForwardsSays } from './dead-forwards.words.js';

/** The texts of `target/healthy`. */
export const targetHealthyWords = {
  title: 'The load balancer has a healthy target',
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
  says: {
    ...deadForwardsSays,
    HEALTH_NOT_READ: ({ name }: { readonly name: string }) => `calls meet a healthy target behind ${name}`,
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
      message: `no target behind ${name} is healthy, although they answer: ${states.join('; ')}${isOpen ? `; ${name} hands calls to them all the same, until one passes its health check` : ''}`,
      remedy: `Let the health check of ${groups.join(', ')} take the status code that its targets answer with, or ask for a path that they answer as it wants: the first target that passes gets all calls.`,
    }),
    NONE_HEALTHY: ({
      name,
      states,
      hasCause,
      because,
      isOpen,
      remedy,
      groups,
    }: {
      readonly name: string;
      readonly states: readonly string[];
      readonly hasCause: boolean;
      readonly because?: string | undefined;
      readonly isOpen: boolean;
      readonly remedy?: string | undefined;
      readonly groups: readonly string[];
    }) => ({
      message: `no target behind ${name} is healthy: ${states.join('; ')}${!hasCause ? '' : `; health checks do not get there: ${because}`}${isOpen ? `; ${name} hands calls to them all the same, until one passes its health check` : ''}`,
      remedy: remedy ?? `Make a target of ${groups.join(', ')} answer its health check, or register one that does.`,
    }),
    WEIGHTS_ZERO: ({ name, ids }: { readonly name: string; readonly ids: readonly string[] }) => ({
      message: `${name} hands calls to nobody: ${ids.join(' and ')} have the weight 0`,
      remedy: `Give a weight to one of ${ids.join(' and ')}.`,
    }),
  },
} satisfies CheckWords;
