import { abolishApi } from './abolish-api.js';
import { associateInstanceWithPrivateDns } from './associate-instance-with-private-dns.js';
import { attachGroupPlugin } from './attach-group-plugin.js';
import { attachPlugin } from './attach-plugin.js';
import { createApiGroup } from './create-api-group.js';
import { createApiStageVariable } from './create-api-stage-variable.js';
import { createApi } from './create-api.js';
import { createBackendModel } from './create-backend-model.js';
import { createBackend } from './create-backend.js';
import { createInstance } from './create-instance.js';
import { createPlugin } from './create-plugin.js';
import { createPrivateDns } from './create-private-dns.js';
import { deleteApiGroup } from './delete-api-group.js';
import { deleteApiStageVariable } from './delete-api-stage-variable.js';
import { deleteApi } from './delete-api.js';
import { deleteBackendModel } from './delete-backend-model.js';
import { deleteBackend } from './delete-backend.js';
import { deleteInstance } from './delete-instance.js';
import { deletePlugin } from './delete-plugin.js';
import { deletePrivateDns } from './delete-private-dns.js';
import { deployApi } from './deploy-api.js';
import { describeAbolishApiTask } from './describe-abolish-api-task.js';
import { describeApiGroup } from './describe-api-group.js';
import { describeApiGroups } from './describe-api-groups.js';
import { describeApiHistory } from './describe-api-history.js';
import { describeApi } from './describe-api.js';
import { describeApisByBackend } from './describe-apis-by-backend.js';
import { describeApisByVpcAccess } from './describe-apis-by-vpc-access.js';
import { describeApis } from './describe-apis.js';
import { describeBackendInfo } from './describe-backend-info.js';
import { describeBackendList } from './describe-backend-list.js';
import { describeDeployedApi } from './describe-deployed-api.js';
import { describeDeployedApis } from './describe-deployed-apis.js';
import { describeHistoryApis } from './describe-history-apis.js';
import { describeInstances } from './describe-instances.js';
import { describePluginApis } from './describe-plugin-apis.js';
import { describePluginGroups } from './describe-plugin-groups.js';
import { describePluginsByApi } from './describe-plugins-by-api.js';
import { describePluginsByGroup } from './describe-plugins-by-group.js';
import { describePlugins } from './describe-plugins.js';
import { describeRegions } from './describe-regions.js';
import { describeUpdateBackendTask } from './describe-update-backend-task.js';
import { describeUpdateVpcInfoTask } from './describe-update-vpc-info-task.js';
import { describeVpcAccesses } from './describe-vpc-accesses.js';
import { describeZones } from './describe-zones.js';
import { detachGroupPlugin } from './detach-group-plugin.js';
import { detachPlugin } from './detach-plugin.js';
import { dissociateInstanceWithPrivateDns } from './dissociate-instance-with-private-dns.js';
import { listPrivateDns } from './list-private-dns.js';
import { listTagResources } from './list-tag-resources.js';
import { modifyApiGroupInstance } from './modify-api-group-instance.js';
import { modifyApiGroupNetworkPolicy } from './modify-api-group-network-policy.js';
import { modifyApiGroup } from './modify-api-group.js';
import { modifyApi } from './modify-api.js';
import { modifyBackendModel } from './modify-backend-model.js';
import { modifyBackend } from './modify-backend.js';
import { modifyInstanceAttribute } from './modify-instance-attribute.js';
import { modifyInstanceSpec } from './modify-instance-spec.js';
import { modifyInstanceVpcAttributeForConsole } from './modify-instance-vpc-attribute-for-console.js';
import { modifyPlugin } from './modify-plugin.js';
import { modifyVpcAccessAndUpdateApis } from './modify-vpc-access-and-update-apis.js';
import { removeVpcAccessAndAbolishApis } from './remove-vpc-access-and-abolish-apis.js';
import { removeVpcAccess } from './remove-vpc-access.js';
import { setVpcAccess } from './set-vpc-access.js';
import { tagResources } from './tag-resources.js';
import { untagResources } from './untag-resources.js';
import { updatePrivateDns } from './update-private-dns.js';
import { validateVpcConnectivity } from './validate-vpc-connectivity.js';
import type { AnyAlibabaOperation } from '../../operation.js';

/** The simulated actions of CloudAPI. */
export const operations: readonly AnyAlibabaOperation[] = [
  abolishApi,
  associateInstanceWithPrivateDns,
  attachGroupPlugin,
  attachPlugin,
  createApiGroup,
  createApiStageVariable,
  createApi,
  createBackendModel,
  createBackend,
  createInstance,
  createPlugin,
  createPrivateDns,
  deleteApiGroup,
  deleteApiStageVariable,
  deleteApi,
  deleteBackendModel,
  deleteBackend,
  deleteInstance,
  deletePlugin,
  deletePrivateDns,
  deployApi,
  describeAbolishApiTask,
  describeApiGroup,
  describeApiGroups,
  describeApiHistory,
  describeApi,
  describeApisByBackend,
  describeApisByVpcAccess,
  describeApis,
  describeBackendInfo,
  describeBackendList,
  describeDeployedApi,
  describeDeployedApis,
  describeHistoryApis,
  describeInstances,
  describePluginApis,
  describePluginGroups,
  describePluginsByApi,
  describePluginsByGroup,
  describePlugins,
  describeRegions,
  describeUpdateBackendTask,
  describeUpdateVpcInfoTask,
  describeVpcAccesses,
  describeZones,
  detachGroupPlugin,
  detachPlugin,
  dissociateInstanceWithPrivateDns,
  listPrivateDns,
  listTagResources,
  modifyApiGroupInstance,
  modifyApiGroupNetworkPolicy,
  modifyApiGroup,
  modifyApi,
  modifyBackendModel,
  modifyBackend,
  modifyInstanceAttribute,
  modifyInstanceSpec,
  modifyInstanceVpcAttributeForConsole,
  modifyPlugin,
  modifyVpcAccessAndUpdateApis,
  removeVpcAccessAndAbolishApis,
  removeVpcAccess,
  setVpcAccess,
  tagResources,
  untagResources,
  updatePrivateDns,
  validateVpcConnectivity,
];
