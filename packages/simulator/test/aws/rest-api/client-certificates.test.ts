import { answers } from '../../answers.js';
import { newAccount } from './deployed-account.js';

answers('client certificates', newAccount)`
  end 365 days after they are generated
    made = rest [GenerateClientCertificate, {description: of prod, tags: {team: a}}]
      -> {clientCertificateId: '/^[a-z0-9]{6}$/', description: of prod,
      createdDate: ${new Date('2026-06-01T00:00:00Z')}, expirationDate: ${new Date('2027-06-01T00:00:00Z')},
      tags: {team: a}}
    rest [GetClientCertificate, {clientCertificateId: $made.clientCertificateId}] == $made
    rest GetClientCertificates -> {items: [$made]}
  have a description that changes, and are deleted
    rest [GenerateClientCertificate, {description: of prod}]
    rest [UpdateClientCertificate, {clientCertificateId: $clientCertificateId, patchOperations: [{op: replace,
      path: /description, value: of beta}]}] -> {description: of beta}
    rest [DeleteClientCertificate, {clientCertificateId: $clientCertificateId}]
    GetClientCertificate {clientCertificateId: $clientCertificateId} !NotFoundException
  are presented by a stage, which protects them
    rest [GenerateClientCertificate, {description: of prod}]
    restApiId = api
    deploy [$restApiId, {stageName: dev}]
    UpdateStage {restApiId: $restApiId, stageName: dev, patchOperations: [{op: replace, path: /clientCertificateId,
      value: nothing}]} !400 BadRequestException: Invalid client certificate identifier specified: nothing
    rest [UpdateStage, {restApiId: $restApiId, stageName: dev, patchOperations: [{op: replace,
      path: /clientCertificateId, value: $clientCertificateId}]}]
    rest [GetStage, {restApiId: $restApiId, stageName: dev}] -> {clientCertificateId: $clientCertificateId}
    DeleteClientCertificate {clientCertificateId: $clientCertificateId} !BadRequestException
    rest [UpdateStage, {restApiId: $restApiId, stageName: dev, patchOperations: [{op: replace,
      path: /clientCertificateId, value: ''}]}]
    rest [GetStage, {restApiId: $restApiId, stageName: dev}] -> {clientCertificateId: absent}
    rest [DeleteClientCertificate, {clientCertificateId: $clientCertificateId}]
`;
