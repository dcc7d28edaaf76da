"""Medical billing from encounter to paid claim, with privacy promises that the code keeps."""
