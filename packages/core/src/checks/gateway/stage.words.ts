import type { CheckWords } from '../../findings/statement.js';

/** The texts of `gateway/stage`. */
export const gatewayStageWords = {
  title: 'The API has a stage that shows its routes',
  about:
    'Callers reach an API through a stage. An API without one answers 404 to everybody, and routes that are made on it are seen by nobody, ' +
    'which is a warning. So are routes of an HTTP API none of whose stages deploys by itself or was ever deployed: a stage shows what was ' +
    'deployed to it. (`postern apply` deploys to each stage what it changes.) A stage that the spec names and that does not exist is an ' +
    'error: publishing there is refused.',
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
    }) => `something was deployed to ${stages.join(', ')} of ${gateway} (${gatewayId})`,
    NEVER_DEPLOYED: ({
      stages,
      gateway,
      gatewayId,
    }: {
      readonly stages: readonly string[];
      readonly gateway: string;
      readonly gatewayId: string;
    }) => ({
      message: `nothing was ever deployed to ${stages.join(', ')} of ${gateway} (${gatewayId}), which deploys nothing by itself: its routes are served to nobody`,
      remedy: `Deploy to ${stages.join(', ')} (\`postern apply\` does where it changes something), or switch on its automatic deployment.`,
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
      `${gateway} (${gatewayId}) has the stages that it needs`,
    STAGE_ABSENT: ({
      gateway,
      gatewayId,
      lacking,
      integration,
      stages,
    }: {
      readonly gateway: string;
      readonly gatewayId: string;
      readonly lacking: readonly string[];
      readonly integration: string;
      readonly stages: readonly string[];
    }) => ({
      message: `${gateway} (${gatewayId}) has no stage ${lacking.join(', ')}`,
      remedy: `Make the stage ${lacking.join(', ')}, or write stages that exist under integrations.${integration}.gateway.stages: ${stages.join(', ') || 'there are none yet'}.`,
    }),
    NO_STAGE: ({ gateway, gatewayId }: { readonly gateway: string; readonly gatewayId: string }) => ({
      message: `${gateway} (${gatewayId}) has no stage: nobody can call it`,
      remedy: `Make a stage of ${gatewayId} ($default with automatic deployment serves most).`,
    }),
  },
} satisfies CheckWords;
