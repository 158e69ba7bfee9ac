import type { CheckWords } from '../../../findings/statement.js';

interface OnStage {
  readonly gateway: string;
  readonly gatewayId: string;
  readonly stage: string;
}

/** The texts of `gateway/stage`. */
export const gatewayStageWords = {
  title: 'The API has a stage that serves its routes',
  about:
    'Callers reach an API through a stage. An API without a stage answers 404 to every call, which is a warning. A stage serves the ' +
    'routes that were deployed to it. An HTTP API without a stage that has automatic deployment or a deployment is therefore a warning, ' +
    'too (`postern apply` deploys its changes to each stage), and an error where the integration is `owner: external`. The resource policy ' +
    'of a REST API takes effect with a deployment: one that denies every call is an error, and one whose conditions decide is unknown. An ' +
    'API without its default endpoint is reached by custom domains only, which no snapshot has. A stage that the spec names and that does not exist is an error: ' +
    'publishing to it is refused. `postern apply` creates the stage that the spec names for a REST API with the first deployment, so a ' +
    'missing one is an error only where the integration is `owner: external`.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-stages.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-publish.html',
  ],
  says: {
    GATEWAY_NOT_READ: ({ gateway }: { readonly gateway: string }) => `${gateway} has a stage`,
    DEPLOYMENT_NOT_READ: ({
      stages,
      gateway,
      gatewayId,
    }: {
      readonly stages: readonly string[];
      readonly gateway: string;
      readonly gatewayId: string;
    }) => `${stages.join(', ')} of ${gateway} (${gatewayId}) has a deployment`,
    POLICY_DENIES: ({ gateway, gatewayId, stage }: OnStage) => ({
      message: `the resource policy that stage ${stage} of ${gateway} (${gatewayId}) has denies every call: callers get status 403`,
      remedy: `Allow execute-api:Invoke in the resource policy of ${gatewayId}, and deploy it to ${stage}.`,
    }),
    POLICY_DECIDES: ({ gateway, gatewayId, stage }: OnStage) =>
      `the resource policy that stage ${stage} of ${gateway} (${gatewayId}) has allows the calls`,
    ENDPOINT_DISABLED: ({ gateway, gatewayId }: Omit<OnStage, 'stage'>) =>
      `callers reach ${gateway} (${gatewayId}), whose default endpoint is disabled`,
    NEVER_DEPLOYED: ({
      stages,
      gateway,
      gatewayId,
      deploysItself,
      isExternal,
    }: {
      readonly stages: readonly string[];
      readonly gateway: string;
      readonly gatewayId: string;
      readonly deploysItself: boolean;
      readonly isExternal: boolean;
    }) => ({
      message: `${stages.join(', ')} of ${gateway} (${gatewayId}) has no deployment${deploysItself ? ' and no automatic deployment' : ''}: its routes do not receive calls`,
      remedy: `${isExternal ? `Ask the owner of ${gatewayId} to deploy` : 'Deploy'} to ${stages.join(', ')}${isExternal ? '' : ' (`postern apply` deploys its changes)'}${deploysItself ? ', or enable automatic deployment' : ''}.`,
    }),
    STAGES_EXIST: ({
      gateway,
      gatewayId,
      stages,
    }: {
      readonly gateway: string;
      readonly gatewayId: string;
      readonly stages: readonly string[];
    }) => `${gateway} (${gatewayId}) has stages: ${stages.join(', ')}`,
    STAGES_NOT_READ: ({ gateway, gatewayId }: { readonly gateway: string; readonly gatewayId: string }) =>
      `${gateway} (${gatewayId}) has the stages that the spec needs`,
    STAGE_ABSENT: ({
      gateway,
      gatewayId,
      lacking,
      integration,
      stages,
      member,
    }: {
      readonly gateway: string;
      readonly gatewayId: string;
      readonly lacking: readonly string[];
      readonly integration: string;
      readonly stages: readonly string[];
      /** The key of the spec that names it. */
      readonly member: 'stage' | 'stages';
    }) => ({
      message: `${gateway} (${gatewayId}) has no stage ${lacking.join(', ')}`,
      remedy: `Create the stage ${lacking.join(', ')}${stages.length === 0 ? '' : `, or write ${member === 'stage' ? 'an existing stage' : 'existing stages'} under integrations.${integration}.gateway.${member}: ${stages.join(', ')}`}.`,
    }),
    STAGE_BY_APPLY: ({
      gateway,
      gatewayId,
      stage,
    }: {
      readonly gateway: string;
      readonly gatewayId: string;
      readonly stage: string;
    }) => `${gateway} (${gatewayId}) has no stage ${stage}, and \`postern apply\` creates it`,
    NO_STAGE: ({
      gateway,
      gatewayId,
      deploysItself,
    }: {
      readonly gateway: string;
      readonly gatewayId: string;
      readonly deploysItself: boolean;
    }) => ({
      message: `${gateway} (${gatewayId}) has no stage: it cannot be called`,
      remedy: deploysItself
        ? `Create a stage of ${gatewayId} ($default with automatic deployment fits most cases).`
        : `Create a stage of ${gatewayId}, and deploy the routes to it.`,
    }),
  },
} satisfies CheckWords;
