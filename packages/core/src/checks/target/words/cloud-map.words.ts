import type { CheckWords } from '../../../findings/statement.js';
import { counted } from '../../../text/counted.js';

/** The texts of `target/cloud-map`. */
export const targetCloudMapWords = {
  title: 'Each instance of the Cloud Map service has an address and a port',
  about:
    'API Gateway gets the instances of a service from Cloud Map and calls the address and port in their attributes. ' +
    'An instance without a port cannot be called; ECS registers such instances with A records instead of SRV records. ' +
    'If the service has no instance, every call returns 500: "No target endpoints found for integration". ' +
    'If the target requests attributes (`?stage=blue` after the ARN), only instances that have them are called.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html',
    'https://github.com/aws-samples/aws-apigw-http-api-private--integrations/issues/2',
  ],
  says: {
    SERVICE_NOT_READ: ({ name }: { readonly name: string }) => `the instances of ${name} can be called`,
    SERVICE_ABSENT: ({ id, subject }: { readonly id: string; readonly subject: string }) => ({
      message: `Cloud Map service ${id} does not exist`,
      remedy: `Write an existing service as the ${subject}.`,
    }),
    INSTANCES_NOT_READ: ({ name }: { readonly name: string }) => `the instances of ${name} have an address and a port`,
    NONE_ASKED_FOR: ({ name, query }: { readonly name: string; readonly query: string }) => ({
      message: `no instance of ${name} has the attributes ${query}: every call returns 500`,
      remedy: `Register an instance with ${query} in ${name}, or request attributes that an instance of it has.`,
    }),
    NO_INSTANCE: ({ name }: { readonly name: string }) => ({
      message: `${name} has no instance: every call returns 500`,
      remedy: `Register an instance with AWS_INSTANCE_IPV4 and AWS_INSTANCE_PORT in ${name}.`,
    }),
    INSTANCES_INCOMPLETE: ({
      badCount,
      instancesCount,
      name,
      lacksPort,
      bad,
    }: {
      readonly badCount: number;
      readonly instancesCount: number;
      readonly name: string;
      readonly lacksPort: boolean;
      readonly bad: readonly string[];
    }) => ({
      message: `${badCount} of ${counted(instancesCount, 'instance')} of ${name} ${badCount === 1 ? 'has' : 'have'} no ${lacksPort ? 'port' : 'address'} and cannot be called: ${bad.join(', ')}`,
      remedy: `Register these instances with AWS_INSTANCE_IPV4 and AWS_INSTANCE_PORT. An ECS service sets both if it uses SRV records.`,
    }),
    INSTANCES_COMPLETE: ({ name }: { readonly name: string }) => `each instance of ${name} has an address and a port`,
  },
} satisfies CheckWords;
