import type { SimulatedClients, Simulation } from '../../../src/internal/simulation.js';

const NAMES = ['orders', 'carts', 'stock'];
const URI =
  'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:111122223333:function:who/invocations';

/** What belongs to a REST API beside its methods, and what is shared by all of them: several of each kind. */
export async function restSettings(sim: Simulation, { apiGateway, acm }: SimulatedClients, restApiId: string) {
  for (const name of NAMES) {
    await apiGateway.createAuthorizer({
      restApiId,
      name,
      type: 'TOKEN',
      authorizerUri: URI,
      identitySource: 'method.request.header.Auth',
    });
    await apiGateway.createModel({ restApiId, name, contentType: 'application/json', schema: '{}' });
    await apiGateway.createRequestValidator({ restApiId, name });
  }
  return { ...(await usage(apiGateway)), ...(await domains(sim, { apiGateway, acm }, restApiId)) };
}

async function usage(apiGateway: SimulatedClients['apiGateway']) {
  const plans: string[] = [];
  for (const name of NAMES) plans.push((await apiGateway.createUsagePlan({ name })).id ?? '');
  const [usagePlanId = ''] = plans;
  for (const name of NAMES) {
    const { id: keyId } = await apiGateway.createApiKey({ name });
    await apiGateway.createUsagePlanKey({ usagePlanId, keyId, keyType: 'API_KEY' });
  }
  return { usagePlanId };
}

async function domains(
  sim: Simulation,
  { apiGateway, acm }: Pick<SimulatedClients, 'apiGateway' | 'acm'>,
  restApiId: string,
) {
  const { CertificateArn } = await acm.requestCertificate({ DomainName: '*.example.org', ValidationMethod: 'DNS' });
  await sim.advance(600_000);
  const [domainName = ''] = NAMES.map((name) => `${name}.example.org`);
  for (const name of NAMES) {
    await apiGateway.createDomainName({
      domainName: `${name}.example.org`,
      regionalCertificateArn: CertificateArn,
      endpointConfiguration: { types: ['REGIONAL'] },
    });
    await apiGateway.createBasePathMapping({ domainName, restApiId, basePath: name });
  }
  return { domainName };
}
