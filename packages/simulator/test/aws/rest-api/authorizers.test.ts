import { answers } from '../../answers.js';
import { ACCOUNT, petsApi } from './rest-world.js';

const URI =
  'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:111122223333:function:who/invocations';
const POOL = `arn:aws:cognito-idp:eu-west-1:${ACCOUNT}:userpool/eu-west-1_ABC123`;
const UNKNOWN = 'Invalid Authorizer identifier specified';
const BUSY = 'Unable to complete operation due to concurrent modification. Please try again later.';

async function world() {
  const pets = await petsApi({ quotas: { 'authorizers-per-rest-api': 3 } });
  const { apiGateway, restApiId } = pets;
  const create = (more: object = {}) =>
    apiGateway.createAuthorizer({
      restApiId,
      name: 'who',
      type: 'TOKEN',
      authorizerUri: URI,
      identitySource: 'method.request.header.Auth',
      ...more,
    });
  const update = (authorizerId: string | undefined, op: string, path: string, value?: string) =>
    apiGateway.updateAuthorizer({ restApiId, authorizerId, patchOperations: [{ op: op as never, path, value }] });
  return { ...pets, create, update };
}

answers('CreateAuthorizer', world)`
  answers 201 without a TTL that is not given
    made = create
      == 201 {id: '/^[a-z0-9]{6}$/', name: who, type: TOKEN, authType: custom, authorizerUri: ${URI},
      identitySource: method.request.header.Auth}
    GetAuthorizer {restApiId: $restApiId, authorizerId: $made.id} == $made
    GetAuthorizers {restApiId: $restApiId} -> {items: [$made]}
  takes user pools, and requests
    create {type: COGNITO_USER_POOLS, providerARNs: [${POOL}], authorizerUri: absent}
      -> {authType: cognito_user_pools, providerARNs: [${POOL}]}
    create {name: free, type: REQUEST, identitySource: absent, authorizerResultTtlInSeconds: 0}
      -> {type: REQUEST, authorizerResultTtlInSeconds: 0}
  refuses wrong input
    create {name: ''} !BadRequestException /name/ # an empty name
    # a URI that is no function
    create {authorizerUri: arn:aws:lambda:eu-west-1:1:function:who} !BadRequestException /^Invalid Authorizer URI: /
    # a URI without a region
    create {authorizerUri: ${URI.replace('eu-west-1', 'region')}} !BadRequestException /Lambda function invocation\.$/
    create {identitySource: method.request.querystring.Auth} !BadRequestException /TOKEN/ # a token that is no header
    create {authorizerResultTtlInSeconds: 3601} !BadRequestException /TTL/ # a TTL above an hour
    # a cached request without identity
    create {type: REQUEST, identitySource: absent} !BadRequestException /caching is enabled/
    create {type: COGNITO_USER_POOLS} !BadRequestException /Cognito/ # user pools without ARNs
    # user pools of another kind
    create {type: COGNITO_USER_POOLS, providerARNs: [${URI}]} !BadRequestException /Cognito/
    # user pools without a header
    create {type: COGNITO_USER_POOLS, providerARNs: [${POOL}], identitySource: ''} !BadRequestException /Identity/
  refuses a name twice, an unknown type, and an authorizer beyond the quota
    create
    create !BadRequestException: Authorizer name must be unique. Authorizer who already exists in this RestApi.
    create {type: SAML} !ValidationException /'createAuthorizerInput.type'/
    create {name: two}
    create {name: three}
    create {name: four} !LimitExceededException /Authorizers/
  answers an unknown API with a conflict; the list does not
    create {restApiId: nothing123} !ConflictException: ${BUSY}
    GetAuthorizers {restApiId: nothing123}
      !NotFoundException: ${`Invalid API identifier specified ${ACCOUNT}:nothing123`}
    GetAuthorizer {restApiId: nothing123, authorizerId: a} !NotFoundException: ${UNKNOWN}
`;

answers('UpdateAuthorizer', world)`
  changes members; of the ARNs, one at a time
    create {type: COGNITO_USER_POOLS, providerARNs: [${POOL}]}
    update [$id, replace, /authorizerResultTtlInSeconds, '60'] -> {authorizerResultTtlInSeconds: 60}
    update [$id, add, /providerARNs, ${`${POOL}4`}] -> {providerARNs=: [${POOL}, ${`${POOL}4`}]}
    update [$id, remove, /providerARNs, ${POOL}] -> {providerARNs=: [${`${POOL}4`}]}
    update [$id, replace, /name, new] -> {name: new, id: $id}
  refuses what a new authorizer is refused for, and what is not there
    create
    update [$id, replace, /authorizerUri, no] !BadRequestException /^Invalid Authorizer URI: no\. /
    update [$id, replace, /type, SAML] !BadRequestException /SAML/
    update [$id, remove, /name] !BadRequestException /Please choose supported operations$/
    update [nothing, replace, /name, a] !NotFoundException: ${UNKNOWN}
`;

answers('DeleteAuthorizer', world)`
  refuses one that a method uses, and deletes others
    create
    DeleteMethod $method
    PutMethod {<<: $method, authorizationType: CUSTOM, authorizerId: $id}
    DeleteAuthorizer {restApiId: $restApiId, authorizerId: $id}
      !ConflictException: Cannot delete authorizer 'who', is referenced in method: GET//pets
    DeleteMethod $method
    DeleteAuthorizer {restApiId: $restApiId, authorizerId: $id} -> 202
    DeleteAuthorizer {restApiId: $restApiId, authorizerId: $id} !NotFoundException: ${UNKNOWN}
`;
