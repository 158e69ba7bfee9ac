import type { CheckWords } from '../../../findings/statement.js';

/** The texts of `migrate/deployment`. */
export const migrateDeploymentWords = {
  title: 'Every stage of the API is deployed automatically',
  about:
    'A stage of an HTTP API that is not deployed automatically serves the routes and integrations of its last deployment. It calls through the old link ' +
    'until it is deployed. The deployment then publishes all other changes made meanwhile as well. Keep the old link until then.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-publish.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-stages.html',
  ],
  says: {
    AUTO_DEPLOYED: ({ name }: { readonly name: string }) => `stage ${name} is deployed automatically`,
    DEPLOYED_BY_HAND: ({ name, linkId }: { readonly name: string; readonly linkId?: string | undefined }) => ({
      message: `stage ${name} is not deployed automatically: it calls through the old link until it is deployed`,
      remedy: `Deploy ${name} (CreateDeployment) once the integrations use ${linkId ?? 'the new link'}. Check first which other changes the deployment publishes. Keep the old link until then.`,
    }),
  },
} satisfies CheckWords;
