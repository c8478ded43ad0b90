"""The commands of `askmyo`, one file a group."""
