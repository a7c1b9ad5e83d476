"""The record of loads and deliveries."""
