# SPDX-License-Identifier: Apache-2.0
"""A cluster that is watched end to end, from Python."""
from aws_cdk import App, Stack, aws_ec2 as ec2, aws_ecs as ecs, aws_secretsmanager as secretsmanager
from cdk_ecs_datadog import DatadogAccount, DatadogSecret, DatadogSite, FargateAgentSidecar, MonitoredCluster

app = App()
stack = Stack(app, "Python")
secret = secretsmanager.Secret.from_secret_name_v2(stack, "Secret", "datadog")
datadog = DatadogAccount(site=DatadogSite.EU1, api_key=DatadogSecret.from_secrets_manager(secret, "api-key"))
monitored = MonitoredCluster(stack, "Production", datadog=datadog, env="prod", vpc=ec2.Vpc(stack, "Vpc"))
task = ecs.FargateTaskDefinition(stack, "Task")
task.add_container("app", image=ecs.ContainerImage.from_registry("nginx"), logging=ecs.LogDrivers.aws_logs(stream_prefix="app"))
FargateAgentSidecar(stack, "Sidecar", task_definition=task, datadog=datadog, env="prod", service="web")
resources = app.synth().get_stack_by_name("Python").template["Resources"].values()
containers = next(r for r in resources if r["Type"] == "AWS::ECS::TaskDefinition")["Properties"]["ContainerDefinitions"]
assert len(containers) == 2, f"an application and its Agent, got: {[c['Name'] for c in containers]}"
