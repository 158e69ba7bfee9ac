import type { CheckWords } from '../../findings/statement.js';

/** The texts of `target/cloud-map-health`. */
export const targetCloudMapHealthWords = {
  title: 'The Cloud Map service has a health check, and an instance that is healthy',
  about:
    'Calls are spread over the healthy instances of a Cloud Map service. Without a health check a dead one goes on getting its share until ' +
    'somebody deregisters it, which is a warning. Where no instance is healthy, every call fails.',
  sources: ['https://docs.aws.amazon.com/cloud-map/latest/dg/services-health-checks.html'],
  says: {
    NO_HEALTH_CHECK: ({ name }: { readonly name: string }) => ({
      message: `${name} has no health check: an instance that died goes on getting calls`,
      remedy: `Give ${name} a health check (a custom one in private namespaces), which has to be set when a service is made.`,
    }),
    HEALTH_NOT_READ: ({ name }: { readonly name: string }) => `instances of ${name} are healthy`,
    NONE_HEALTHY: ({ name }: { readonly name: string }) => ({
      message: `no instance of ${name} is healthy`,
      remedy: `Make an instance of ${name} answer its health check, or register one that does.`,
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
