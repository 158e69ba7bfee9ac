import type { AnyOperation } from '../../operation.js';
import { createHttpNamespace } from './create-http-namespace.js';
import { createPrivateDnsNamespace } from './create-private-dns-namespace.js';
import { createPublicDnsNamespace } from './create-public-dns-namespace.js';
import { createService } from './create-service.js';
import { deleteNamespace } from './delete-namespace.js';
import { deleteService } from './delete-service.js';
import { deleteServiceAttributes } from './delete-service-attributes.js';
import { deregisterInstance } from './deregister-instance.js';
import { discoverInstances } from './discover-instances.js';
import { discoverInstancesRevision } from './discover-instances-revision.js';
import { getInstance } from './get-instance.js';
import { getInstancesHealthStatus } from './get-instances-health-status.js';
import { getNamespace } from './get-namespace.js';
import { getOperation } from './get-operation.js';
import { getService } from './get-service.js';
import { getServiceAttributes } from './get-service-attributes.js';
import { listInstances } from './list-instances.js';
import { listNamespaces } from './list-namespaces.js';
import { listOperations } from './list-operations.js';
import { listServices } from './list-services.js';
import { listTagsForResource } from './list-tags-for-resource.js';
import { registerInstance } from './register-instance.js';
import { tagResource } from './tag-resource.js';
import { untagResource } from './untag-resource.js';
import { updateHttpNamespace } from './update-http-namespace.js';
import { updateInstanceCustomHealthStatus } from './update-instance-custom-health-status.js';
import { updatePrivateDnsNamespace } from './update-private-dns-namespace.js';
import { updatePublicDnsNamespace } from './update-public-dns-namespace.js';
import { updateService } from './update-service.js';
import { updateServiceAttributes } from './update-service-attributes.js';

/** What is simulated of Cloud Map. */
export const operations: readonly AnyOperation[] = [
  createHttpNamespace,
  createPrivateDnsNamespace,
  createPublicDnsNamespace,
  createService,
  deleteNamespace,
  deleteService,
  deleteServiceAttributes,
  deregisterInstance,
  discoverInstances,
  discoverInstancesRevision,
  getInstance,
  getInstancesHealthStatus,
  getNamespace,
  getOperation,
  getService,
  getServiceAttributes,
  listInstances,
  listNamespaces,
  listOperations,
  listServices,
  listTagsForResource,
  registerInstance,
  tagResource,
  untagResource,
  updateHttpNamespace,
  updateInstanceCustomHealthStatus,
  updatePrivateDnsNamespace,
  updatePublicDnsNamespace,
  updateService,
  updateServiceAttributes,
];
