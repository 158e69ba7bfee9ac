import type { CheckWords } from '../../findings/statement.js';

/** The texts of `migrate/deployment`. */
export const migrateDeploymentWords = {
  title: 'What is changed is served at once',
  about:
    'A stage of an HTTP API that is not deployed automatically serves the routes and integrations of its last deployment: it goes on calling through the old link until it is deployed, and then ' +
    'moves together with whatever else was changed meanwhile. Until then the old link has to stay.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-publish.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-stages.html',
  ],
  says: {
    AUTO_DEPLOYED: ({ name }: { readonly name: string }) => `stage ${name} is deployed automatically`,
    DEPLOYED_BY_HAND: ({ name, linkId }: { readonly name: string; readonly linkId?: string | undefined }) => ({
      message: `stage ${name} is deployed by hand: it calls through the old link until it is`,
      remedy: `Deploy ${name} (CreateDeployment) once the integrations name ${linkId ?? 'the new link'}, look first at what else would go out with it, and keep the old link until then.`,
    }),
  },
} satisfies CheckWords;
