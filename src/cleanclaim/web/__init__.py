"""The public faces: the workbench, REST and FHIR, which use only the doors of the capabilities."""
