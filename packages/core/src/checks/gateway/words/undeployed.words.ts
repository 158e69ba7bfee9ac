import type { CheckWords } from '../../../findings/statement.js';

/** A stage of a gateway. */
interface OnStage {
  readonly gateway: string;
  readonly stage: string;
}

/** Its canary. */
interface WithCanary extends OnStage {
  readonly gatewayId: string;
  readonly percent: number;
  readonly canaryDeployment?: string | undefined;
}

function canaryText({ percent, canaryDeployment }: WithCanary): string {
  const deployment = canaryDeployment === undefined ? '' : ` (deployment ${canaryDeployment})`;
  return `a canary${deployment} with ${percent} % of the calls`;
}

/** The texts of `gateway/undeployed`. */
export const undeployedWords = {
  title: 'The stage shows the declared routes',
  about:
    'A stage of a REST API serves the routes as of its deployment. A change of a method has no effect until it is deployed. Each deployment ' +
    'of Postern carries a mark with a hash of the routes, and the check compares the mark of the stage with the declared routes. Routes that ' +
    '`postern apply` still has to create or change are deployed with that change, so that they are no failure. API Gateway refuses a ' +
    'deployment to a stage with a canary, and Postern never overwrites a canary: if the stage needs a deployment, that is an error. A canary ' +
    'on a stage that shows the declared routes is a warning, because a part of the calls gets another deployment.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-deploy-api.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/canary-release.html',
  ],
  says: {
    DEPLOYMENT_NOT_READ: ({ gateway, stage }: OnStage) => `stage ${stage} of ${gateway} shows the declared routes`,
    SHOWS_ROUTES: ({ gateway, stage }: OnStage) => `stage ${stage} of ${gateway} shows the declared routes`,
    DEPLOYED_BY_APPLY: ({ gateway, stage }: OnStage) =>
      `routes of ${gateway} have to be created or changed, and \`postern apply\` deploys them to stage ${stage}`,
    NEVER_DEPLOYED: ({ gateway, stage }: OnStage) => ({
      message: `the declared routes of ${gateway} were not deployed to stage ${stage} by this project: the stage may serve other routes`,
      remedy: 'Run `postern apply`: it deploys the routes.',
      mendedBy: 'apply',
    }),
    OLDER_ROUTES: ({ gateway, stage }: OnStage) => ({
      message: `stage ${stage} of ${gateway} serves other routes than the declared ones: they were changed after its deployment, or it was set back to an earlier deployment`,
      remedy: 'Run `postern apply`: it deploys the routes.',
      mendedBy: 'apply',
    }),
    CANARY_BLOCKS: (on: WithCanary) => ({
      message: `stage ${on.stage} of ${on.gateway} does not show the declared routes and has ${canaryText(on)}: \`postern apply\` refuses to deploy to it`,
      remedy: `Promote the canary of stage ${on.stage} of ${on.gatewayId} or remove it, then run \`postern apply\`.`,
    }),
    CANARY_TAKES_CALLS: (on: WithCanary) => ({
      message: `stage ${on.stage} of ${on.gateway} shows the declared routes, and has ${canaryText(on)}: these calls get the routes of that deployment`,
      remedy: `Promote the canary of stage ${on.stage} of ${on.gatewayId} or remove it.`,
    }),
  },
} satisfies CheckWords;
