import type { CheckWords } from '../../../findings/statement.js';

/** The texts of `target/cloud-map-health`. */
export const targetCloudMapHealthWords = {
  title: 'The Cloud Map service has a health check and a healthy instance',
  about:
    'Calls are distributed over the healthy instances of a Cloud Map service. Without a health check, an instance that has failed ' +
    'continues to receive calls until it is deregistered; this is a warning. If no instance is healthy, every call fails.',
  sources: ['https://docs.aws.amazon.com/cloud-map/latest/dg/services-health-checks.html'],
  says: {
    NO_HEALTH_CHECK: ({ name }: { readonly name: string }) => ({
      message: `${name} has no health check: an instance that has failed continues to receive calls`,
      remedy: `Create ${name} again with a health check (a custom one in private namespaces): it can only be set when a service is created.`,
    }),
    HEALTH_NOT_READ: ({ name }: { readonly name: string }) => `an instance of ${name} is healthy`,
    NONE_HEALTHY: ({ name }: { readonly name: string }) => ({
      message: `no instance of ${name} is healthy`,
      remedy: `Make an instance of ${name} pass its health check, or register one that passes it.`,
    }),
    HEALTHY: ({
      name,
      healthy,
      instancesCount,
    }: {
      readonly name: string;
      readonly healthy: number;
      readonly instancesCount: number;
    }) => `healthy instances of ${name}: ${healthy} of ${instancesCount}`,
  },
} satisfies CheckWords;
